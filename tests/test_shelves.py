"""What was asked for last stays, as far as there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trustboard.shelves import Heap

THINGS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=40)


@given(THINGS)
def test_a_heap_never_holds_more_than_it_may_and_always_what_came_last(
    things: list[tuple[int, int]],
) -> None:
    heap: Heap[int] = Heap(most=50)
    sizes: dict[int, int] = {}
    for key, size in things:
        heap.put(key, size, size=size)
        sizes[key] = size
        held = {one for one in sizes if heap.get(one) is not None}
        assert sum(sizes[one] for one in held) <= 50
        assert (heap.get(key) == size) == (size <= 50)


def test_a_heap_lets_go_first_of_what_nobody_asked_for_lately() -> None:
    heap: Heap[str] = Heap(most=2)
    heap.put("a", "first", size=1)
    heap.put("b", "second", size=1)
    heap.get("a")
    heap.put("c", "third", size=1)
    assert [heap.get(key) for key in "abc"] == ["first", None, "third"]


def test_something_laid_down_again_takes_the_place_of_what_it_was() -> None:
    heap: Heap[str] = Heap(most=10)
    for _ in range(100):
        heap.put("a", "same", size=6)
    heap.put("b", "other", size=4)
    assert (heap.get("a"), heap.get("b"), len(heap)) == ("same", "other", 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20))))
def test_a_heap_keeps_to_its_number_and_tells_of_all_it_lets_go(
    puts: list[tuple[int, int]],
) -> None:
    gone: list[int] = []
    heap: Heap[int] = Heap(most=40, number=3, leaving=gone.append)
    for number, (key, size) in enumerate(puts):
        heap.put(key, number, size=size)
        assert len(heap) <= 3
    held = [heap.get(key) for key in range(6) if key in heap]
    assert sorted([*gone, *(one for one in held if one is not None)]) == list(range(len(puts)))
    heap.clear()
    assert sorted(gone) == list(range(len(puts)))
