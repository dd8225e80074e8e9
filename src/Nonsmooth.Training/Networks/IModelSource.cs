namespace Nonsmooth.Training.Networks;

/// <summary>
/// What makes a public type of an assembly a model of the tool, <c>ASSEMBLY.dll:TYPE</c>: it has a constructor without
/// parameters and gives a model. A type derived from <see cref="Networks.Model"/> gives itself.
/// </summary>
public interface IModelSource
{
    /// <summary>The model.</summary>
    Model Model { get; }
}
