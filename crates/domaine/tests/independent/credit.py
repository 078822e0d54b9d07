"""The yearly credit, a second time: written from the texts, not from the Rust code. Standard library only.

Reads one life a line and answers with cents and hours on the given day:
    2024-06-30;2019/salarie/1607.00/-,2020/esat/300.00/1500.00;2019-05-01/-;2020-01-01/2022-12-31;1957-03-15;2018-01-10/2017/benevolat
that is the day, the years of work, the declarations of being below level 3, the periods of disability, the birth date, the
activities of volunteering (the day each was recorded, its civil year, its category).

Several lines of one year are several employers. What the texts leave unclear is settled as the project states: below
level 3 and below half time, 500 in proportion; disability, the whole 300 whatever the working time and for any day of the
year, up to 800 in the year as the manager publishes; none of it in an ESAT.
"""

import sys
from datetime import date
from fractions import Fraction
from math import ceil

LEGAL_YEAR = Fraction(1607)
EURO_DAY = date(2019, 1, 1)
RATE = 1500  # cents for one hour


def day(text):
    return None if text == "-" else date.fromisoformat(text)


def listed(text):
    return [item.split("/") for item in text.split(",")] if text else []


def credit_day(year):
    """30 June of the following year."""
    return date(year + 1, 6, 30)


def closed_from(birth):
    """The day of the 67th birthday for those born from 1955 (CSS, L351-8, 1°): L6323-3 closes the account."""
    if birth is None or birth < date(1955, 1, 1):
        return None
    try:
        return birth.replace(year=birth.year + 67)
    except ValueError:
        return date(birth.year + 67, 3, 1)


def hours_of(year, held, share, low):
    """Hours of a year before 2019: (24 to 120, then 12 to 150), or 48 to 400 from 2017 on (loi n° 2016-1088, art. 39).

    Nobody passes 120 in four years without the years of 48: at most 24 + 24 + 48 before the last."""
    if low and year >= 2017:
        return min(ceil(48 * share), 400 - held)
    if held < 120:
        return min(ceil(24 * share), 120 - held)
    return max(0, min(ceil(12 * share), 150 - held))


def together(records):
    """The work of several employers: hours over one full year add up; the rest is brought to the longest, up to the
    next hundredth."""
    full = {}
    for worked, reference in records:
        full[reference] = full.get(reference, 0) + worked
    longest = max(full, key=lambda reference: full[reference] / reference)
    others = (ceil(100 * worked * longest / reference) for reference, worked in full.items() if reference != longest)
    return full[longest] + Fraction(sum(others), 100), longest


def euros_of(year, kind, worked, reference, low, disabled):
    """Cents of a year since 2019, and the ceiling of that year."""
    if kind == "esat":
        return 80_000, 800_000
    ceiling = 500_000
    if 2 * worked >= reference:
        cents = 50_000
        if low:
            cents, ceiling = 80_000, 800_000
    else:
        cents = ceil(50_000 * worked / reference)
    if disabled:
        cents, ceiling = min(cents + 30_000, 80_000), 800_000
    return cents, ceiling


def volunteering(activities, au):
    """Cents and hours of D5151-14: 20 h up to 60 h in 2017 and 2018, each 12 EUR on 1 January 2019 (decret 2018-1349), then
    240 EUR up to 720; one activity of a category in a civil year. Nothing is spent here."""
    counted, hours, cents = set(), 0, 0
    # Sorted by the day alone: of one day the first one given counts.
    for recorded, year, category in sorted(activities, key=lambda activity: activity[0]):
        recorded = day(recorded)
        if recorded > au or recorded < date(2017, 1, 1):
            # What was recorded before there was any such account still took the place of its category.
            counted.add((year, category))
            continue
        if recorded >= EURO_DAY and hours:
            hours, cents = 0, cents + hours * 1200
        if (year, category) not in counted:
            if recorded < EURO_DAY:
                hours = min(hours + 20, 60)
            else:
                cents = min(cents + 24_000, 72_000)
        counted.add((year, category))
    if au >= EURO_DAY:
        hours, cents = 0, cents + hours * 1200
    return cents, hours


def life(line):
    au, years, lows, boeths, birth, activities = line.rstrip("\n").split(";")
    au, closing = day(au), closed_from(day(birth))
    lows = [(day(a), day(b)) for a, b in listed(lows)]
    # One that its holder proved counts for its period, whatever was credited before, once the proof was accepted.
    boeths = [(day(a), day(b)) for a, b, known in listed(boeths) if known == "-" or day(known) <= au]
    hours, acquired, cents, converted = 0, 0, 0, False

    def convert(amount):
        nonlocal cents
        limit = 800_000 if acquired > 150 else 500_000
        cents += max(0, min(amount * RATE, limit - cents))

    employers = {}
    for year, kind, worked, reference in listed(years):
        if Fraction(worked) > 0:
            reference = LEGAL_YEAR if reference == "-" else Fraction(reference)
            employers.setdefault(int(year), {}).setdefault(kind, []).append((Fraction(worked), reference))
    for year, kinds in sorted(employers.items()):
        credited = credit_day(year)
        if year < 2015 or credited > au:
            continue
        if credited >= EURO_DAY and not converted:
            convert(hours)
            hours, converted = 0, True
        if closing is not None and credited >= closing:
            continue
        low = any(made.year <= year and (end is None or year <= end.year) for made, end in lows)
        if year >= 2019:
            disabled = any(a <= date(year, 12, 31) and (b is None or b >= max(date(year, 1, 1), date(2019, 6, 9))) for a, b in boeths)
            given = [euros_of(year, kind, *together(records), low, disabled) for kind, records in kinds.items()]
            # R6323-27: of several categories, the most favourable amount and the most favourable ceiling.
            amount, ceiling = max(amount for amount, _ in given), max(ceiling for _, ceiling in given)
            cents += max(0, min(amount, ceiling - cents))
        else:
            # An ESAT gives hours from 2017 on (L6323-34 of before 2019): a whole year whatever the working time, never 48.
            shares = {}
            if "salarie" in kinds:
                worked, reference = together(kinds["salarie"])
                shares["salarie"] = (min(worked / reference, Fraction(1)), low and year >= 2017)
            if "esat" in kinds and year >= 2017:
                shares["esat"] = (Fraction(1), False)
            if not shares:
                continue
            # Of several, the one that a fresh account would gain most by.
            share, lower = max(shares.values(), key=lambda one: ceil((48 if one[1] else 24) * one[0]))
            gained = hours_of(year, acquired, share, lower)
            acquired += gained
            if converted:
                convert(gained)
            else:
                hours += gained
    if au >= EURO_DAY and not converted:
        convert(hours)
        hours = 0
    volunteered = volunteering(listed(activities), au)
    return f"{cents + volunteered[0]} {hours + volunteered[1]}"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="ascii") as lives:
        for line in lives:
            print(life(line))
