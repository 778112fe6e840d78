"""An answer waits for the message that stands for it, and for no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trustboard.outbox import LONGEST_WORD, Outbox


def message(word: str, *, around: bytes = b"\n\x0a") -> bytes:
    return around + word.encode() + around


def test_a_word_is_exchanged_for_its_answer_once() -> None:
    outbox = Outbox()
    one, other = outbox.leave([b"a", b"b"]), outbox.leave([b"c"])
    assert one != other
    assert outbox.collect(message(other)) == [b"c"]
    assert outbox.collect(message(one)) == [b"a", b"b"]
    assert outbox.collect(message(one)) == ()


@given(st.binary(max_size=LONGEST_WORD + 10))
def test_what_anybody_else_says_is_no_word(said: bytes) -> None:
    outbox = Outbox()
    outbox.leave([b"a"])
    assert outbox.collect(said) is None


def test_the_words_of_one_process_mean_nothing_in_another() -> None:
    assert Outbox().collect(message(Outbox().leave([b"a"]))) is None


def test_a_long_message_is_passed_on_unread() -> None:
    outbox = Outbox()
    word = outbox.leave([b"a"])
    assert outbox.collect(message(word, around=b"x" * LONGEST_WORD)) is None


def test_answers_that_nobody_fetches_make_room_for_later_ones() -> None:
    outbox = Outbox(most=2)
    words = [outbox.leave([name]) for name in (b"a", b"b", b"c")]
    assert [outbox.collect(message(word)) for word in words] == [(), [b"b"], [b"c"]]
