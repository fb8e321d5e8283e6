"""Who lives in the demo. Names are invented."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.models import Person

PASSWORD = "neighbours in the demo"  # noqa: S105  (printed at every start of a demo)
PASSPHRASE = "kettle harbour sixteen moss"  # noqa: S105
"""With which all who read sealed files open them; printed too."""
CARD_PIN = "482613"
"""Of Pilar Soto, who has no device and no password: she signs in with a card."""

CAST = {
    "ana": "Ana Reyes",
    "bruno": "Bruno Okafor",
    "carla": "Carla Vidal",
    "dario": "Dario Conti",
    "eva": "Eva Lindqvist",
    "farid": "Farid Karimi",
    "gina": "Gina Moreau",
    "hugo": "Hugo Almeida",
    "lin": "Lin Mei",
    "noor": "Noor Haddad",
}
SPANISH = ("hugo", "ines", "pilar", "camila", "marta")
ALDER = (
    "Iris Novak, Jonas Berg, Kaya Demir, Leo Fontaine, Mara Silva, Nils Aalto, Olga Petrova, Pablo Ortiz, Ines "
    "Duarte, Rosa Bianchi, Samir Aziz, Tessa Brandt, Uma Nair, Viktor Horvat, Wanda Kowalska, Yusuf Sahin, Zoe "
    "Papadaki, Pilar Soto"
)
MILLBROOK = (
    "Abel, Ada, Adil, Agnes, Aiko, Alba, Alma, Amir, Anouk, Arno, Asta, Beata, Bela, Boris, Camila, Cem, Chidi, "
    "Clara, Cora, Dana, Davor, Delia, Dina, Dora, Edda, Elio, Elsa, Emre, Enzo, Erika, Esra, Fabia, Felix, Fiona, "
    "Fola, Freya, Gabor, Greta, Hana, Hector, Helga, Ida, Igor, Ilse, Imani, Ivo, Jana, Jarek, Joao, Juna, Kai, "
    "Kamal, Karin, Kofi, Lea, Lena, Lior, Lotte, Luca, Malik, Marta, Matteo, Mila, Mina, Nadia, Naomi, Nico, Nora, "
    "Odile, Omar, Otto, Paola, Petra, Quentin, Rafa, Rania, Reza, Rita, Sana, Selma, Sofia, Stefan, Tariq, Tomas, "
    "Ulla, Vera, Wim, Yara, Zain, Zofia"
)
UNUSABLE = "!"
INITIALS = "ABCDEFGHIJKLMNOPRSTVWZ"


def make_cast() -> dict[str, Person]:
    """The ten people one can sign in as; one hash for all, because hashing takes its time."""
    stored = make_password(PASSWORD)
    people = [
        Person(
            sign_in_name=name,
            display_name=shown,
            password=stored,
            email=f"{name}@example.org" if name not in ("gina", "noor") else None,
            language="es" if name in SPANISH else "en",
            mail=Person.Mail.EACH if name in ("ana", "bruno") else Person.Mail.DIGEST,
        )
        for name, shown in CAST.items()
    ]
    cast = Person.objects.bulk_create(people)
    confirmed = [each for each in cast if each.email]
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=str(each.email), primary=True, verified=True) for each in confirmed
    )
    return {person.sign_in_name: person for person in cast}


def make_neighbours(names: str, *, initials: bool) -> list[Person]:
    """Neighbours who only appear in the story; nobody can sign in as them."""
    rows = []
    for number, name in enumerate(part.strip() for part in names.split(",")):
        shown = f"{name} {INITIALS[number % len(INITIALS)]}." if initials else name
        sign_in = name.lower().replace(" ", ".")
        language = "es" if name.split()[0].lower() in SPANISH else "en"
        rows.append(
            Person(
                sign_in_name=sign_in, display_name=shown, password=UNUSABLE, language=language, mail=Person.Mail.NONE
            )
        )
    return Person.objects.bulk_create(rows)
