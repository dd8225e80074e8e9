namespace Nonsmooth.Optimizers;

/// <summary>What an orthogonalised step of an m × n matrix is multiplied by, besides the rate.</summary>
public enum MuonScale
{
    /// <summary>0.2 √max(m, n): about the root mean square of an AdamW step, so that one rate serves both.</summary>
    Matched,

    /// <summary>√max(1, m/n), as first published; its rates are around 0.02.</summary>
    Original,
}
