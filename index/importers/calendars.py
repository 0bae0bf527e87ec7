"""Which month, weekday or time zone is called that?

A table of the names that dates are written with in the larger European languages, as CLDR has them, looked up folded (lower case, no
accents). A name may be cut down to three letters or more as long as it then still means one month in all of the languages.
"""

from __future__ import annotations

from types import MappingProxyType

from index.slugs import fold

SHORTEST = 3  # letters: `ma`, `ju` stand for two months each in most of the languages

# English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish and Norwegian, Polish, Czech, Romanian, Russian, Ukrainian;
# where a language declines its months, the genitive that dates use stands beside the nominative
_MONTHS = (
    "january januar jänner janvier enero gennaio janeiro januari styczeń stycznia leden ledna ianuarie январь января січень січня",
    "february februar février febrero febbraio fevereiro februari luty lutego únor února februarie февраль февраля лютий лютого",
    "march märz mars marzo março maart marts marzec marca březen března martie март марта березень березня mrt",
    "april avril abril aprile kwiecień kwietnia duben dubna aprilie апрель апреля квітень квітня",
    "may mai mayo maggio maio mei maj maja květen května май мая травень травня",
    "june juni juin junio giugno junho czerwiec czerwca červen června iunie июнь июня червень червня",
    "july juli juillet julio luglio julho lipiec lipca červenec července iulie июль июля липень липня juil",
    "august août agosto augustus augusti sierpień sierpnia srpen srpna август августа серпень серпня",
    "september septembre septiembre setiembre settembre setembro wrzesień września září septembrie сентябрь сентября вересень вересня",
    "october oktober octobre octubre ottobre outubro październik października říjen října octombrie октябрь октября жовтень жовтня",
    "november novembre noviembre novembro listopad listopada listopadu noiembrie ноябрь ноября листопада",
    "december dezember décembre diciembre dicembre dezembro desember grudzień grudnia prosinec decembrie декабрь декабря грудень грудня",
)
_WEEKDAYS = (
    "monday mon montag lundi lunes lunedì segunda maandag måndag mandag poniedziałek pondělí luni понедельник понеділок",
    "tuesday tue tues dienstag mardi martes martedì terça dinsdag tisdag tirsdag wtorek úterý marți вторник вівторок",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag onsdag środa středa miercuri среда середа",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta donderdag torsdag czwartek čtvrtek joi четверг четвер",
    "friday fri freitag vendredi viernes venerdì sexta vrijdag fredag piątek pátek vineri пятница п'ятниця",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag sobota sâmbătă суббота субота",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag niedziela neděle duminică воскресенье неділя",
)
_WEEKDAYS_CUT = (
    "mo di mi do fr sa so lun mar mer jeu ven sam dim mié jue vie sáb dom gio seg ter qua qui sex ma wo vr za zo mån tis ons tors fre lör "
    "sön man tir tor lør søn pon wt śr czw pt sob niedz po út st čt pá ne mie joi vin пн вт ср чт пт сб вс нд"
)


def _months() -> dict[str, int]:
    """Every month's names, and every beginning of one that no other month shares."""
    names = {fold(name): number for number, line in enumerate(_MONTHS, 1) for name in line.split()}
    cut: dict[str, set[int]] = {}
    for name, number in names.items():
        for length in range(SHORTEST, len(name)):
            cut.setdefault(name[:length], set()).add(number)
    return {beginning: number for beginning, (number, *others) in cut.items() if not others} | names


MONTHS = MappingProxyType(_months())
"""A folded name or beginning of one → the month, 1 to 12."""

WEEKDAYS = MappingProxyType({fold(name): number for number, line in enumerate(_WEEKDAYS) for name in line.split()})
"""A folded name → the weekday, Monday 0 as in `datetime.date.weekday`."""

WEEKDAYS_CUT = frozenset(fold(name) for name in _WEEKDAYS_CUT.split())
"""Weekdays cut short: which day they mean depends on the language, so they tell only that a date is written there."""

# minutes east of UTC; those down to `pdt` are RFC 2822's, section 4.3, and only names that mean one zone the world over follow
ZONES = MappingProxyType(
    {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480}
    | {"pdt": -420, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "akst": -540}
    | {"akdt": -480, "hst": -600, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780}
)
"""A zone's abbreviation in lower case → its minutes east of UTC."""

_AFTER_DAY = "st nd rd th er re e o a te ste de"
_BESIDE = "on of the de del di den le el il am vom der dne d do at um kl г года р року roku r feira , . - – — / ' ’ ( ) | · :"

AFTER_DAY = frozenset(_AFTER_DAY.split())
"""What makes the number of a day an ordinal: `4th`, `1er`, `1º`, `4:e`."""

BESIDE = frozenset(_BESIDE.split())
"""Words and signs that stand between the parts of a date and say nothing."""
