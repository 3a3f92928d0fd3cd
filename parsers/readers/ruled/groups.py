"""Things united pairwise: a forest in which the first of each tree speaks for it."""


class Groups:
    def __init__(self, size: int) -> None:
        self.parents = list(range(size))

    def first(self, index: int) -> int:
        while self.parents[index] != index:
            self.parents[index] = self.parents[self.parents[index]]
            index = self.parents[index]
        return index

    def unite(self, one: int, other: int) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self.parents[high] = low
