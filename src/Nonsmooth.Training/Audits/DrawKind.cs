namespace Nonsmooth.Training.Audits;

/// <summary>From which distribution the parameters of an audited network are drawn.</summary>
public enum DrawKind
{
    /// <summary>As the network is initialised for training.</summary>
    Network,

    /// <summary>
    /// As the volume study draws them: convolutions uniform on ±√(6/fan-in), linear weights normal with deviation 0.01,
    /// biases 0, normalisations 1 and 0.
    /// </summary>
    Published,

    /// <summary>As the threshold study and PyTorch draw them: weights and biases uniform on ±1/√fan-in.</summary>
    FanIn,
}
