"""What the verifier says, in English and Spanish. A catalogue of its own: it comes along in the one file."""

from __future__ import annotations

from typing import Any

from . import broken, deciding

LANGUAGES = ("en", "es")
BROKEN = {**broken.BROKEN, **deciding.BROKEN}

HOLDS = {
    "lines": (
        "{number} lines hold together, each with the fingerprint of the one before.",
        "{number} líneas encajan, cada una con la huella de la anterior.",
    ),
    "rules": (
        "{number} times a line was held against the rules of its time.",
        "{number} veces se comparó una línea con las reglas de su momento.",
    ),
    "votes": (
        "{number} votes: roll, rule, closing time and outcome.",
        "{number} votaciones: censo, regla, hora de cierre y resultado.",
    ),
    "recounted": ("{number} of them recounted ballot by ballot.", "{number} de ellas recontadas papeleta a papeleta."),
    "decisions": ("{number} decisions follow from their counts.", "{number} decisiones se siguen de sus recuentos."),
    "texts": (
        "{number} texts are those that were written then.",
        "{number} textos son los que se escribieron entonces.",
    ),
    "checkpoints": (
        "{number} signed checkpoints in the file fit.",
        "{number} puntos de control firmados del archivo encajan.",
    ),
    "outside": (
        "{number} checkpoints that you brought fit: nothing before them was changed since.",
        "{number} puntos de control que has traído encajan: nada anterior a ellos ha cambiado desde entonces.",
    ),
    "receipts": (
        "{number} receipts: these ballots were counted as given.",
        "{number} recibos: esas papeletas se contaron como se dieron.",
    ),
    "changed_later": (
        "{number} receipts of ballots that were changed later, as the file shows.",
        "{number} recibos de papeletas que se cambiaron después, como muestra el archivo.",
    ),
    "confidence": (
        "{number} of your withdrawals of confidence were counted.",
        "{number} de tus retiradas de confianza se contaron.",
    ),
}

UNKNOWN = {
    "unsigned": (
        "{number} checkpoints whose signature could not be checked: neither you nor the file named a key.",
        "{number} puntos de control cuya firma no se pudo comprobar: ni tú ni el archivo nombran una clave.",
    ),
    "key_from_file": (
        (
            "Whether the key is the right one: it stood in the file itself. Compare it with one that you kept, or that "
            "another member has."
        ),
        (
            "Si la clave es la correcta: estaba en el propio archivo. Compárala con una que guardaste, o con la de "
            "otro integrante."
        ),
    ),
    "no_outside_checkpoint": (
        (
            "Whether the server shows everybody the same record: bring a checkpoint that you or another member kept. "
            "Without one, a record made anew from its first line, or cut off at its end, looks whole."
        ),
        (
            "Si el servidor muestra a todo el mundo el mismo registro: trae un punto de control que guardaste tú u "
            "otro integrante. Sin él, un registro rehecho desde el principio, o cortado al final, parece completo."
        ),
    ),
    "public": (
        "Single ballots: this is the public file, which has their totals only.",
        "Las papeletas una a una: este es el archivo público, que solo tiene los totales.",
    ),
    "texts": (
        "{number} texts that are not in the file: they were taken back or forgotten.",
        "{number} textos que no están en el archivo: se retiraron u olvidaron.",
    ),
    "forgotten": (
        "{number} ballots of people whose label was destroyed: they stand in the tree, what they say is not shown.",
        "{number} papeletas de personas cuya etiqueta se destruyó: están en el árbol, lo que dicen no se muestra.",
    ),
    "outcome_only": (
        "{number} secret votes with fewer than 5 ballots: only the outcome is shown.",
        "{number} votaciones secretas con menos de 5 papeletas: solo se muestra el resultado.",
    ),
    "totals_only": (
        "{number} secret rankings or approvals that are not published: their totals cannot be recounted.",
        "{number} votaciones secretas cuyas preferencias no se publican: sus totales no se pueden recontar.",
    ),
    "restored": (
        "{number} times the house was set back to a backup, as the record says; what was lost is not in it.",
        "{number} veces la casa volvió a una copia, como dice el registro; lo perdido no está en él.",
    ),
    "lost_in_restore": (
        "{number} checkpoints or receipts of what was lost in such a restore. Ask who restored, and why.",
        "{number} puntos de control o recibos de lo que se perdió en esa restauración. Pregunta quién y por qué.",
    ),
    "receipt_later": (
        "{number} receipts whose ballots are not in this file (public file, or vote not counted yet).",
        "{number} recibos cuyas papeletas no están en este archivo (archivo público, o votación sin contar).",
    ),
    "panel": (
        "{number} mandates ended by a case panel: its file is closed.",
        "{number} mandatos que acabó un panel de casos: su expediente es reservado.",
    ),
    "zone": (
        "{number} urgent votes whose hours by day could not be checked: this machine does not know the time zone.",
        "{number} votaciones urgentes sin comprobar sus horas de día: esta máquina no conoce la zona horaria.",
    ),
    "kind": (
        "{number} proposals of kinds that this version of the verifier does not know.",
        "{number} propuestas de clases que esta versión del verificador no conoce.",
    ),
    "strange": (
        "{number} lines of sorts that this version of the verifier does not know: only their place was checked.",
        "{number} líneas de clases que esta versión del verificador no conoce: solo se comprobó su lugar.",
    ),
    "beside": (
        "{number} things beside the lines that this version of the verifier does not know.",
        "{number} cosas junto a las líneas que esta versión del verificador no conoce.",
    ),
}

NEVER = (
    ("That labels are different people.", "Que las etiquetas sean personas distintas."),
    ("What stands in the records of other bodies.", "Lo que hay en los registros de otros organismos."),
    (
        "How many base members stand behind a delegate of a confederation.",
        "Cuántos integrantes de base hay tras quien delega en una confederación.",
    ),
    ("Commitments that nobody opens.", "Los compromisos que nadie abre."),
    (
        "What somebody did to the clock of the house before a line was written.",
        "Lo que alguien hiciera al reloj de la casa antes de escribirse una línea.",
    ),
)

TALK = {
    "record": ("Record {record}, {kind}", "Registro {record}, {kind}"),
    "members": ("the members’ file", "archivo de integrantes"),
    "public": ("the public file", "archivo público"),
    "neither": ("of no known kind", "de clase desconocida"),
    "whole": ("Everything that was checked holds.", "Todo lo que se comprobó se cumple."),
    "not_whole": ("Something does not hold.", "Algo no se cumple."),
    "checked": ("What was checked", "Lo que se comprobó"),
    "broken": ("What does not hold", "Lo que no se cumple"),
    "unknown": ("What nobody can know from this", "Lo que nadie puede saber con esto"),
    "line": ("line {line}: ", "línea {line}: "),
    "more": ("… and {number} more.", "… y {number} más."),
    "covered": (
        "Your checkpoint covers the first {covered} of {read} lines; those after it rest on the file alone.",
        "Tu punto de control cubre las primeras {covered} de {read} líneas; las demás solo se apoyan en el archivo.",
    ),
    "key": ("Key of the house: {key}", "Clave de la casa: {key}"),
    "reading": ("{number} lines read …", "{number} líneas leídas …"),
    "cannot": ("It could not be checked: {why}", "No se pudo comprobar: {why}"),
    "no_file": ("There is no file {name}.", "No hay ningún archivo {name}."),
}


def say(catalogue: dict[str, tuple[str, str]], code: str, language: str, **values: Any) -> str:
    """A sentence of a catalogue in a language; a code without one is shown as it is, never left out."""
    both = catalogue.get(code)
    if both is None:
        return code
    return both[LANGUAGES.index(language)].format(**values)
