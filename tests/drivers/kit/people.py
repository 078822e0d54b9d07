"""People who are nobody, and what employers say of them."""

PASSWORD = "lanterne bleue du port 27"


class Person:
    """Somebody whose number cannot be anyone's (there is no commune 999), told from others by a rank below 576 000."""

    def __init__(self, rank, **other):
        order, rest = rank % 800 + 100, rank // 800
        month, rest = rest % 12 + 1, rest // 12
        year, sex = rest % 30 + 60, rest // 30 % 2 + 1
        nir = f"{sex}{year}{month:02}75999{order}"
        letters = "".join(chr(ord("a") + rank // 26**place % 26) for place in range(4))
        self.rank = rank
        self.fields = {
            "nom_naissance": "Essai" + letters,
            "prenoms": "Camille",
            "date_naissance": f"15/{month:02}/19{year}",
            "nir": nir,
            "cle": f"{97 - int(nir) % 97:02}",
            "telephone_fixe": "",
            "telephone_mobile": f"0639{980000 + rank % 10000}",
            "courriel": f"essai{rank:06}@example.org",
            "mot_de_passe": PASSWORD,
            "cgu": True,
        } | other

    def __getitem__(self, field):
        return self.fields[field]

    def but(self, **other):
        """The same person, who types something else."""
        return Person(self.rank, **(self.fields | other))


def activites(path, lines):
    """A file of years of work: (person, year, hours, employer)."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("nir;cle;nom_naissance;prenoms;date_naissance;annee;heures;employeur\n")
        for who, year, hours, employer in lines:
            known = [who[field] for field in ("nir", "cle", "nom_naissance", "prenoms", "date_naissance")]
            file.write(";".join([*known, str(year), str(hours), str(employer)]) + "\n")
    return str(path)
