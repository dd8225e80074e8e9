namespace Nonsmooth.Dictionary;

/// <summary>An elementary function that applies a rule of one variable to every element.</summary>
public interface IUnaryFunction
{
    /// <summary>The rule.</summary>
    IUnary Rule { get; }
}
