"""The words by which mail programs announce what they quote, in the languages that reach us.

They only confirm what the shape of a text suggests: `quotes.py` decides.
"""

import re

# The names of header lines, by what they tell.
_FROM = (
    "from|od|nga|nuo|siuntėjas|от|от кого|від|von|de|da|van|fra|från|lähettäjä|de la|feladó|"
    "kimden|gönderen|από|от:|expéditeur|remitente|mittente|afsender|avsändare|absender"
)
_TO = (
    "to|do|dla|për|te|kam|gavėjas|кому|an|à|para|a|al|aan|til|till|vastaanottaja|komu|címzett|"
    "kime|alıcı|προς|pour|destinataire|destinatario|empfänger|către|reply-to|odpowiedz do"
)
_DATE = (
    "date|sent|data|wysłano|wysłane|dërguar|datë|išsiųsta|дата|отправлено|надіслано|gesendet|"
    "datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|fecha|inviato|verzonden|"
    "sendt|dato|skickat|lähetetty|päiväys|odesláno|datum:|elküldve|dátum|gönderme tarihi|tarih|"
    "ημερομηνία|trimis|sent at|sent on|дата отправки"
)
_ABOUT = (
    "subject|temat|subjekti|tema|titulli|тема|betreff|objet|asunto|oggetto|assunto|onderwerp|"
    "emne|ämne|aihe|předmět|tárgy|konu|θέμα|subiect|sujet|lënda"
)
_COPY = (
    "cc|bcc|dw|udw|do wiadomości|kopja|kopija|копия|копія|kopie|kopie an|copie|copie à|copia|"
    "kopio|kopi|másolat|bilgi"
)
HEADERS = {
    name: role
    for role, names in (
        ("from", _FROM), ("to", _TO), ("date", _DATE), ("about", _ABOUT), ("copy", _COPY),
    )
    for name in names.split("|")
}  # fmt: skip

WROTE = re.compile(
    r"\b(?:wrote|writes|said|написала?|пишет|писала?|написали|пише|написав|napisał(?:\(a\)|a)?|"
    r"pisze|napisano|rašė|parašė|rašo|shkroi|shkruajti|shkruan|ka shkruar|schrieb|geschrieben|"
    r"a écrit|écrit|escribió|escreveu|ha scritto|scrisse|schreef|geschreven|skrev|kirjoitti|"
    r"napsala?|írta|yazdı|έγραψε|a scris|đã viết|пользователь|użytkownik)\b",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"(?:original message|original mail|forwarded message|forwarded by|begin forwarded|"
    r"исходное сообщение|первоначальное сообщение|оригинальное сообщение|пересылаемое сообщение|"
    r"переадресованное сообщение|пересланное сообщение|конец пересылаемого сообщения|"
    r"oryginalna wiadomość|wiadomość oryginalna|pierwotna wiadomość|"
    r"(?:przekazana |przekazywana |treść )wiadomo\w+(?: przekazana)?|"
    r"pradinis laiškas|originalus laiškas|pradinis pranešimas|persiųstas laiškas|"
    r"peradresuotas laiškas|mesazhi? (?:origjinal|fillestar|i përcjellë|i kaluar)|"
    r"mesazh i (?:përcjellë|kaluar)|"
    r"ursprüngliche (?:nachricht|e-?mail)|original-?nachricht|weitergeleitete nachricht|"
    r"message (?:d'origine|d’origine|original|transféré|transmis)|mensaje original|"
    r"mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|"
    r"messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|"
    r"oprindelig meddelelse|opprinnelig melding|ursprungligt meddelande|"
    r"alkuperäinen viesti|původní zpráva|eredeti üzenet|оригінальне повідомлення|"
    r"mesajul original|αρχικό μήνυμα|özgün ileti)",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"(?:(?:sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|lähetetty|отправлено|"
    r"надіслано|wysłan[eoya]|wysłano|išsiųsta|siųsta|dërguar|odesláno)\s"
    r"(?:from|via|with|using|by|von|mit|über|à partir d\w*|de|depuis|desde|do|da|dal|vanaf|met|"
    r"från|fra|из|с|со|через|з|z|ze|przez|iš|per|naudojant|nga|prej|me|me anë|via)\b|"
    r"(?:get|получите|скачайте|pobierz|gaukite|merrni|obtenir|télécharger|holen sie sich|"
    r"laden sie|ottieni|scarica|obtener|obter)\s)"
    r"(?P<what>.{2,100})",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"(?:iphone|ipad|ipod|ios|apple|android|samsung|galaxy|blackberry|huawei|xiaomi|redmi|"
    r"\bpoco\b|nokia|windows|outlook|\bmail\b|e-?mail|gmail|yahoo|yandex|яндекс|почт|poczt|pašt|"
    r"\bmobil|phone|telefon|smartfon|смартфон|телефон|мобильн|планшет|tablet|device|urządze|"
    r"įrengin|pajisj|handy|móvil|proton|thunderbird|sparrow|icloud|web\.de|gmx|\baol\b|"
    r"verizon|\bsony\b|\bhtc\b|motorola|pixel|oneplus|\boppo\b|honor|mail\.ru|wp\.pl|onet)",
    re.IGNORECASE,
)
MINE = re.compile(r"\s*my \w+(?: \w+){0,2}[.!]?", re.IGNORECASE)
REGARDS = re.compile(
    r"(?:with |my )?(?:best|kind|kindest|warm|warmest|many|very best|with best|with kind)?\s?"
    r"(?:wishes and )?regards|"
    r"с (?:глубоким )?уважением|с наилучшими пожеланиями|"
    r"(?:serdecznie |gorąco )?pozdrawiam(?: serdecznie)?|z poważaniem|z wyrazami szacunku|"
    r"(?:łączę )?(?:serdeczne )?pozdrowienia|"
    r"me respekt|me nderime|me të mira|gjithë të mirat|përshëndetje|me përshëndetje|"
    r"su pagarba|pagarbiai|nuoširdžiai|geriausi linkėjimai|linkėjimai|"
    r"mit (?:freundlichen|besten|herzlichen|lieben) gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:bien )?cordialement|(?:cordiales )?salutations(?: distinguées)?|"
    r"cordiali saluti|un cordial saludo|saludos cordiales|met vriendelijke groet(?:en)?|"
    r"atenciosamente|med vänliga hälsningar|med vennlig hilsen|med venlig hilsen|"
    r"ystävällisin terveisin|s pozdravem|з повагою",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(r"\s*(?:p\.? ?s\.?|п\.? ?с\.?|з\.? ?ы\.?)\b[\s:.,-]", re.IGNORECASE)
