"""What does not hold: one sentence for each finding, in English and Spanish."""

from __future__ import annotations

FILE = {
    "empty": ("There is no line in this file.", "En este archivo no hay ninguna línea."),
    "about": (
        "The file does not begin as a record file begins: it says nowhere what it is.",
        "El archivo no empieza como empieza un registro: no dice en ninguna parte qué es.",
    ),
    "cut_file": (
        "The file ends too early: it has {lines} lines of the record, and says at its start that there are {told}.",
        "El archivo termina antes de tiempo: tiene {lines} líneas del registro y al principio dice que son {told}.",
    ),
    "too_many": (
        "The file has {lines} lines of the record, more than the {told} it says at its start.",
        "El archivo tiene {lines} líneas del registro, más que las {told} que dice al principio.",
    ),
    "foreign": (
        "The file says that it is of one record and holds the lines of another.",
        "El archivo dice que es de un registro y contiene las líneas de otro.",
    ),
    "unreadable": ("This line cannot be read.", "Esta línea no se puede leer."),
    "not_canonical": (
        "This line is not written in the one way in which a record writes.",
        "Esta línea no está escrita de la única forma en que escribe un registro.",
    ),
    "form": (
        "This line lacks something that every line has, or has something else.",
        "A esta línea le falta algo que tienen todas, o tiene algo distinto.",
    ),
    "gap": (
        "Here stands the number {said}: lines are missing, stand in another order, or stand twice.",
        "Aquí pone el número {said}: faltan líneas, están en otro orden o están repetidas.",
    ),
    "broken": (
        "This line does not carry the fingerprint of the one before: one of the two was changed or replaced.",
        "Esta línea no lleva la huella de la anterior: una de las dos ha sido cambiada o reemplazada.",
    ),
    "time": (
        "The times do not follow each other: this line is older than the one before, or than the act it tells of.",
        "Las horas no van seguidas: esta línea es anterior a la línea previa, o al acto que cuenta.",
    ),
    "content": (
        (
            "What this line says (“{what}”) cannot be what happened: something in it is missing or is of another kind, "
            "or it speaks of what the record does not know."
        ),
        (
            "Lo que dice esta línea («{what}») no puede ser lo que ocurrió: le falta algo, algo es de otra clase, "
            "o habla de lo que el registro no conoce."
        ),
    ),
    "stranger": (
        "This line is by somebody who never joined.",
        "Esta línea es de alguien que nunca entró.",
    ),
    "text": (
        "The text “{name}” beside this line is not the one that the line speaks of.",
        "El texto «{name}» junto a esta línea no es el texto del que habla la línea.",
    ),
    "beside_form": (
        "Something beside this line (“{what}”) cannot be read.",
        "Algo junto a esta línea («{what}») no se puede leer.",
    ),
    "confidence": (
        "Your nonce does not open any commitment of the ending of mandate {mandate}.",
        "Tu número secreto no abre ningún compromiso del final del mandato {mandate}.",
    ),
}

SIGNED = {
    "key_form": ("A key cannot be read.", "Una clave no se puede leer."),
    "key_unnamed": (
        (
            "The key {key} was not named by the key before it: that one was lost, or thrown away to hide something. "
            "Ask other members which key they have, and bring it (--key)."
        ),
        (
            "La clave {key} no fue nombrada por la anterior: esa se perdió, o se tiró para ocultar algo. Pregunta a "
            "otros integrantes qué clave tienen, y tráela (--key)."
        ),
    ),
    "other_key": (
        "The keys in the file are not those you have: the file was signed by another house, or by somebody else.",
        "Las claves del archivo no son las que tienes: lo firmó otra casa, u otra persona.",
    ),
    "rotation_form": ("A change of keys cannot be read.", "Un cambio de claves no se puede leer."),
    "rotation_unsigned": (
        "The change to the key {key} is not signed by the old key.",
        "El cambio a la clave {key} no está firmado por la clave antigua.",
    ),
    "checkpoint_form": ("A checkpoint cannot be read.", "Un punto de control no se puede leer."),
    "checkpoint_key": (
        "The checkpoint over {size} lines is not signed by a key of this house.",
        "El punto de control de {size} líneas no está firmado por una clave de esta casa.",
    ),
    "checkpoint_foreign": (
        "The checkpoint over {size} lines is of another record, or the first line was replaced.",
        "El punto de control de {size} líneas es de otro registro, o se reemplazó la primera línea.",
    ),
    "checkpoint_order": (
        "The checkpoint over {size} lines was signed before a checkpoint over fewer lines.",
        "El punto de control de {size} líneas se firmó antes que uno de menos líneas.",
    ),
    "checkpoint_root": (
        "The first {size} lines are not those that were signed at {time}: the record was changed afterwards.",
        "Las primeras {size} líneas no son las que se firmaron a las {time}: el registro se cambió después.",
    ),
    "cut_off": (
        "A checkpoint speaks of {size} lines, the file has {lines}: lines were cut off at the end.",
        "Un punto de control habla de {size} líneas y el archivo tiene {lines}: se cortaron líneas al final.",
    ),
    "mailed_form": (
        "What was brought of a mail has no number of lines with a fingerprint of five groups of four signs.",
        "Lo que se trajo de un correo no tiene un número de líneas con una huella de cinco grupos de cuatro signos.",
    ),
    "mailed_root": (
        "The first {size} lines do not have the fingerprint that the mail names: the record was changed afterwards.",
        "Las primeras {size} líneas no tienen la huella que nombra el correo: el registro se cambió después.",
    ),
    "receipt_form": ("A receipt cannot be read.", "Un comprobante no se puede leer."),
    "receipt_key": (
        "The receipt for vote {vote} is not signed by a key of this house.",
        "El comprobante de la votación {vote} no está firmado por una clave de esta casa.",
    ),
    "receipt_foreign": (
        "The receipt for vote {vote} is of another record.",
        "El comprobante de la votación {vote} es de otro registro.",
    ),
    "receipt_no_vote": (
        "There is a receipt for vote {vote}, and the record knows no such vote.",
        "Hay un comprobante de la votación {vote}, y el registro no conoce tal votación.",
    ),
    "receipt_missing": (
        "A ballot with a receipt is missing from vote {vote}, or an older one was counted in its place.",
        "Falta en la votación {vote} una papeleta con comprobante, o se contó en su lugar una anterior.",
    ),
    "receipt_differs": (
        "In vote {vote} something else was counted than the receipt says.",
        "En la votación {vote} se contó otra cosa que la que dice el comprobante.",
    ),
}

PEOPLE = {
    "formed_again": ("The body is formed a second time.", "El organismo se forma por segunda vez."),
    "joined_twice": ("Somebody joins who is a member already.", "Entra alguien que ya es integrante."),
    "joined_without": (
        "Somebody joins in a way that the charter does not have, or without what it asks for.",
        "Entra alguien por una vía que el acuerdo de base no tiene, o sin lo que pide.",
    ),
    "waiting_time": (
        "The waiting time of a new member is not the one of the charter ({days} days).",
        "El tiempo de espera de quien entra no es el del acuerdo de base ({days} días).",
    ),
    "left_twice": ("Somebody leaves who is no member.", "Sale alguien que no es integrante."),
    "removed_without": (
        "A member is removed without an adopted decision on it.",
        "Se expulsa a alguien sin una decisión aprobada.",
    ),
    "asked_twice": ("An application is made a second time.", "Una solicitud se hace por segunda vez."),
    "application_unknown": (
        "This line tells of an application that was never made.",
        "Esta línea habla de una solicitud que nunca se hizo.",
    ),
    "vouched_without": (
        "Somebody vouches who cannot: not a member long enough, or a second time, or too late.",
        "Avala quien no puede: no lleva bastante tiempo, o ya había avalado, o llega tarde.",
    ),
    "until": (
        "The time for objections is not 72 hours.",
        "El tiempo para objetar no es de 72 horas.",
    ),
    "objected_late": (
        "An objection by somebody who is no member, or outside the time for it.",
        "Una objeción de quien no es integrante, o fuera de plazo.",
    ),
    "objection_unheard": (
        "There was an objection to an admission, and the body was not asked.",
        "Hubo una objeción a una admisión y no se preguntó al organismo.",
    ),
    "admitted_without": (
        "Somebody is admitted before the time for objections was over, without enough vouches, or without a decision.",
        "Se admite a alguien antes de acabar el plazo de objeciones, sin avales bastantes o sin decisión.",
    ),
    "refused_without": (
        "Somebody is refused without a decision of the body.",
        "Se rechaza a alguien sin una decisión del organismo.",
    ),
    "refusal_missing": (
        "An admission was not adopted, and nothing says what became of the application.",
        "Una admisión no se aprobó y nada dice qué fue de la solicitud.",
    ),
    "taken_back_late": (
        "An application is taken back after the body began to decide on it.",
        "Se retira una solicitud cuando el organismo ya decide sobre ella.",
    ),
    "merging_asked": (
        "Two accounts are said to be one person’s that are no two members, or are being merged already.",
        "Se dice que son de una misma persona dos cuentas que no son de dos integrantes, o que ya se están uniendo.",
    ),
    "merging_unknown": (
        "This line tells of a merging of accounts that nobody asked for.",
        "Esta línea habla de una unión de cuentas que nadie pidió.",
    ),
    "merging_agreed": (
        "A merging of accounts is agreed to by somebody other than the account that ends.",
        "Acepta la unión de cuentas alguien que no es la cuenta que acaba.",
    ),
    "merging_stopped": (
        "A merging of accounts is stopped by somebody who is no member, or after its end.",
        "Detiene una unión de cuentas alguien que no es integrante, o cuando ya acabó.",
    ),
    "merged_without": (
        "Two accounts become one without two who vouch, or before anybody could object.",
        "Dos cuentas se unen sin dos personas que avalen, o antes de que nadie pudiera objetar.",
    ),
    "merged_voice": (
        "The account that stays does not have the voice that the two had.",
        "La cuenta que queda no tiene la voz que tenían las dos.",
    ),
    "adopter": (
        "A charter is adopted by somebody who is no founding member.",
        "Adopta el acuerdo de base alguien que no es de quienes lo fundan.",
    ),
    "charter_not_in_force": (
        "Enough founding members have adopted the charter, and it does not come into force.",
        "Bastantes de quienes lo fundan han adoptado el acuerdo de base y no entra en vigor.",
    ),
    "charter_without": (
        "Charter {charter} comes into force without enough adopters and without a decision.",
        "El acuerdo de base {charter} entra en vigor sin bastantes adopciones y sin decisión.",
    ),
    "charter_range": (
        "A number of this charter is outside what any charter may set.",
        "Un número de este acuerdo de base está fuera de lo que puede fijar un acuerdo.",
    ),
}
BROKEN = {**FILE, **SIGNED, **PEOPLE}
