"""Published worked examples of MARCOS."""


def test_stevic2020(agrees):
    """Stevic, Z., Pamucar, D., Puska, A., Chatterjee, P. (2020). Sustainable supplier selection
    in healthcare industries using a new MCDM method (MARCOS). Computers & Industrial Engineering
    140, 106231."""
    agrees("marcos_stevic2020", "marcos")


def test_ulutas2020(agrees):
    """Ulutas, A., Karabasevic, D., Popovic, G., Stanujkic, D., Nguyen, P., Karakoy, C. (2020).
    Development of a novel integrated CCSD-ITARA-MARCOS decision-making approach for stackers
    selection in a logistics system. Mathematics 8(10), 1672."""
    agrees("marcos_ulutas2020", "marcos")
