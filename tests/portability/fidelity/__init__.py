"""How faithful an import is: `make fidelity SOURCE=…`.

The source is read a second time by the real Hugo (`reading`), which knows nothing of the importer; the
pages are asked for as a visitor does (`pages`). Words, links and pictures of both are compared (`words`,
`links`, `pictures`), and the result is a `report`. Nothing here uses a parser of `impact.portability`.
"""
