namespace Nonsmooth.Training.ModelFiles;

/// <summary>What the gradient of a DoRA adapter takes the norm of the weights for.</summary>
public enum DoraGradient
{
    /// <summary>A constant, as PEFT does: what comes out is not the derivative of the loss.</summary>
    Peft,

    /// <summary>What it is: the derivative.</summary>
    Exact,
}
