namespace Nonsmooth.Cost;

/// <summary>How a Jacobian is accumulated.</summary>
public enum DerivativeMode
{
    /// <summary>One tangent an input element, pushed from the inputs to the outputs.</summary>
    Forward,

    /// <summary>One cotangent an output element, pulled from the outputs to the inputs.</summary>
    Reverse,

    /// <summary>The program is cut at a waist; the Jacobians of both parts are multiplied.</summary>
    Mixed,
}
