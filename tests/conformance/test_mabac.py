"""Published worked examples of MABAC."""


def test_pamucar2015(agrees):
    """Pamucar, D., Cirovic, G. (2015). The selection of transport and handling resources in
    logistics centers using MABAC. Expert Systems with Applications 42(6), 3016-3028."""
    agrees("mabac_pamucar2015", "mabac")


def test_isik2020(agrees):
    """Isik, O., Aydin, Y., Kosaroglu, S. (2020). The assessment of the logistics performance
    index of CEE countries with the new combination of SV and MABAC methods. LogForum 16(4)."""
    agrees("mabac_isik2020", "mabac")
