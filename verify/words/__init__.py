"""What the verifier says, in English and Spanish. A catalogue of its own: it comes along in the one file."""

from __future__ import annotations

from typing import Any

from . import auditing, broken, cases, confederating, deciding, founding, voting

LANGUAGES = ("en", "es")
BROKEN = {
    **broken.BROKEN,
    **deciding.BROKEN,
    **voting.BROKEN,
    **founding.BROKEN,
    **cases.BROKEN,
    **auditing.BROKEN,
    **confederating.BROKEN,
}

HOLDS = {
    "lines": (
        "Lines, each with the fingerprint of the one before: {number}.",
        "Líneas, cada una con la huella de la anterior: {number}.",
    ),
    "rules": (
        "Comparisons of a line with the rules of its time: {number}.",
        "Comparaciones de una línea con las reglas de su momento: {number}.",
    ),
    "votes": (
        "Votes, with roll, rule, closing time and outcome: {number}.",
        "Votaciones, con su censo, regla, hora de cierre y resultado: {number}.",
    ),
    "recounted": (
        "Votes recounted ballot by ballot: {number}.",
        "Votaciones recontadas papeleta a papeleta: {number}.",
    ),
    "decisions": (
        "Decisions that follow from their counts: {number}.",
        "Decisiones que se siguen de sus recuentos: {number}.",
    ),
    "texts": (
        "Texts that are those written then: {number}.",
        "Textos que son los que se escribieron entonces: {number}.",
    ),
    "checkpoints": (
        "Signed checkpoints in the file that fit: {number}.",
        "Puntos de control firmados del archivo que encajan: {number}.",
    ),
    "outside": (
        "Checkpoints that you brought and that fit: {number}. Nothing before them was changed since.",
        "Puntos de control que has traído y que encajan: {number}. Nada anterior a ellos ha cambiado desde entonces.",
    ),
    "mailed": (
        "Fingerprints from a mail that fit: {number}. Nothing before them was changed since.",
        "Huellas de un correo que encajan: {number}. Nada anterior a ellas ha cambiado desde entonces.",
    ),
    "key_of_kept": (
        "The key that signed what you kept is among those in the file.",
        "La clave que firmó lo que guardaste está entre las del archivo.",
    ),
    "receipts": (
        "Receipts of ballots that were counted as given: {number}.",
        "Comprobantes de papeletas que se contaron como se dieron: {number}.",
    ),
    "changed_later": (
        "Receipts of ballots that were changed later, as the file shows: {number}.",
        "Comprobantes de papeletas que se cambiaron después, como muestra el archivo: {number}.",
    ),
    "confidence": (
        "Your withdrawals of confidence that were counted: {number}.",
        "Tus retiradas de confianza que se contaron: {number}.",
    ),
}

UNKNOWN = {
    "unsigned": (
        "Whether checkpoints are signed rightly: neither you nor the file named a key ({number}).",
        "Si los puntos de control están bien firmados: ni tú ni el archivo nombran una clave ({number}).",
    ),
    "key_from_file": (
        (
            "Whether the keys are those of the house: they stand in the file itself, and whoever makes a false file "
            "puts false keys in. What they signed proves nothing until you compare them: with the house’s published "
            "keys, as another member has them (--key), or with a checkpoint that you kept (--checkpoint)."
        ),
        (
            "Si las claves son las de la casa: están en el propio archivo, y quien hace un archivo falso pone en él "
            "claves falsas. Lo que firmaron no prueba nada hasta que las compares: con las claves publicadas de la "
            "casa, como las tiene otro integrante (--key), o con un punto de control que guardaste (--checkpoint)."
        ),
    ),
    "older_key": (
        (
            "Whether the house signed them: checkpoints in the file whose key does not follow from yours: {number}. "
            "They fit the lines. Bring an older key of the house, if you have it."
        ),
        (
            "Si los firmó la casa: puntos de control del archivo cuya clave no se sigue de la tuya: {number}. Encajan "
            "con las líneas. Trae una clave anterior de la casa, si la tienes."
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
        "Texts that are not in the file, because they were taken back or forgotten: {number}.",
        "Textos que no están en el archivo, porque se retiraron u olvidaron: {number}.",
    ),
    "forgotten": (
        "What the ballots of people say whose label was destroyed; they stand in the tree: {number}.",
        "Qué dicen las papeletas de personas cuya etiqueta se destruyó; están en el árbol: {number}.",
    ),
    "outcome_only": (
        "Secret votes with fewer than 5 ballots, of which only the outcome is shown: {number}.",
        "Votaciones secretas con menos de 5 papeletas, de las que solo se muestra el resultado: {number}.",
    ),
    "totals_only": (
        "Secret votes whose rankings or approvals are not published, so that only their totals were checked: {number}.",
        "Votaciones secretas cuyas preferencias no se publican: solo se comprobaron sus totales: {number}.",
    ),
    "restored": (
        "What was lost when the house was set back to a backup, as the record says: {number} times.",
        "Lo que se perdió al volver la casa a una copia de seguridad, como dice el registro: {number} veces.",
    ),
    "lost_in_restore": (
        "Checkpoints and receipts of what was lost in such a restore: {number}. Ask who restored, and why.",
        "Puntos de control y comprobantes de lo que se perdió al restaurar: {number}. Pregunta quién y por qué.",
    ),
    "key_lost": (
        "Whether the keys of secret votes that began anew were really lost: {number}. Ask whoever runs the house.",
        (
            "Si las claves de votaciones secretas que empezaron de nuevo se perdieron de verdad: {number}. Pregunta a "
            "quien administra la casa."
        ),
    ),
    "overdue": (
        "Why votes and mandates had no end a day after their last moment: {number}. Ask whoever runs the house.",
        (
            "Por qué votaciones y mandatos seguían un día después de su último momento: {number}. Pregunta a quien "
            "administra la casa."
        ),
    ),
    "unsigned_lines": (
        "Whether the lines after the last signed checkpoint stay as they are: {number}.",
        "Si las líneas posteriores al último punto de control firmado quedarán como están: {number}.",
    ),
    "receipt_later": (
        "Receipts whose ballots are not in this file (public file, or vote not counted yet): {number}.",
        "Comprobantes cuyas papeletas no están en este archivo (archivo público, o votación sin contar): {number}.",
    ),
    "recall_waits": (
        (
            "Why votes of recalls have not begun that wait for the key of a secret vote: {number}. Ask whoever runs "
            "the house whether the signer runs."
        ),
        (
            "Por qué no empiezan votaciones de revocación que esperan la clave de un voto secreto: {number}. Pregunta "
            "a quien administra la casa si el proceso que firma funciona."
        ),
    ),
    "ended_before": (
        (
            "How mandates ended whose ending was lost in such a restore and is told again: {number}. The line names "
            "the one that is lost; who kept an older file has it."
        ),
        (
            "Cómo acabaron mandatos cuyo final se perdió al restaurar y se cuenta otra vez: {number}. La línea "
            "nombra la que se perdió; quien guardó un archivo anterior la tiene."
        ),
    ),
    "panel": (
        "Mandates and memberships ended, or training ordered, by a case panel, whose file is closed: {number}.",
        "Mandatos y membresías que acabó un panel de casos, o formación que dispuso, con expediente cerrado: {number}.",
    ),
    "bodies": (
        "Positions of bodies in a confederation, which stand in their own records: {number}.",
        "Posiciones de organismos en una confederación, que constan en sus propios registros: {number}.",
    ),
    "people": (
        "How many people decided in a people's vote, over all bodies together: {number}.",
        "Cuánta gente decidió en un voto de la gente, sumando todos los organismos: {number}.",
    ),
    "below": (
        "Whether holders of mandates had left the bodies below, or people there withdrew confidence: {number}.",
        "Si quienes tenían mandatos dejaron los organismos de abajo, o si su gente retiró la confianza: {number}.",
    ),
    "others": (
        "Closing times that a confederation fixed, and votes that it made pointless: {number}.",
        "Horas de cierre que fijó una confederación, y votaciones que dejó sin objeto: {number}.",
    ),
    "zone": (
        "Hours by day of urgent votes, where this machine does not know the time zone: {number}.",
        "Horas de día de votaciones urgentes, cuando esta máquina no conoce la zona horaria: {number}.",
    ),
    "kind": (
        "Proposals of kinds that this version of the verifier does not know: {number}.",
        "Propuestas de clases que esta versión del verificador no conoce: {number}.",
    ),
    "strange": (
        "Lines of sorts that this version of the verifier does not know; only their place was checked: {number}.",
        "Líneas de clases que esta versión del verificador no conoce; solo se comprobó su lugar: {number}.",
    ),
    "beside": (
        "Things beside the lines that this version of the verifier does not know: {number}.",
        "Cosas junto a las líneas que esta versión del verificador no conoce: {number}.",
    ),
}

NEVER = (
    (
        "Whether each label is another person: the record has labels and no names.",
        "Si cada etiqueta es otra persona: el registro tiene etiquetas, y ningún nombre.",
    ),
    ("What stands in the records of other bodies.", "Lo que hay en los registros de otros organismos."),
    (
        "How many members stand behind a delegate of a confederation.",
        "Cuántos integrantes hay tras quien representa a un organismo en una confederación.",
    ),
    (
        "What stands behind the fingerprints of texts that nobody shows.",
        "Qué hay tras las huellas de textos que nadie muestra.",
    ),
    (
        "What somebody did to the clock of the house before a line was written.",
        "Lo que alguien hiciera al reloj de la casa antes de escribirse una línea.",
    ),
)

TALK = {
    "record": ("Record {record}, {kind}", "Registro {record}, {kind}"),
    "members": ("the members’ file", "archivo de integrantes"),
    "public": ("the public file", "archivo público"),
    "neither": (
        "This file is no record, or has lost its beginning. A checkpoint goes after --checkpoint.",
        "Este archivo no es un registro, o ha perdido su comienzo. Un punto de control va tras --checkpoint.",
    ),
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
