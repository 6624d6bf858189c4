"""What a board's camera sends: a form with a question and a JPEG. Pure."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP

from jingling.core.errors import BadInput
from jingling.protocols.xiaozhi.pictures import Picture, picture

QUESTION_CHARS_MAX = 1_000


@dataclass(frozen=True)
class Upload:
    question: str
    picture: Picture


def read_upload(content_type: str, body: bytes) -> Upload:
    """From a multipart/form-data body. Raises BadInput."""
    if not content_type.lower().startswith("multipart/form-data") or "\n" in content_type:
        raise BadInput("a picture is sent as multipart/form-data")
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(policy=HTTP).parsebytes(head + body)
    parts = {str(part.get_param("name", header="content-disposition")): part for part in form.iter_parts()}
    if "file" not in parts:
        raise BadInput("there is no picture in the form; its part is called file")
    content = parts["file"].get_payload(decode=True)
    question = parts["question"].get_payload(decode=True) if "question" in parts else b""
    if not isinstance(content, bytes) or not isinstance(question, bytes):
        raise BadInput("a part of the form holds a form itself")
    return Upload(question.decode("utf-8", "replace")[:QUESTION_CHARS_MAX].strip(), picture(content))
