namespace Nonsmooth.Training.Networks;

/// <summary>
/// What an assembly of a user adds to the tool: <c>--assembly FILE.dll</c> makes each of its public types that implement this and
/// have a constructor without parameters, and calls <see cref="Register"/> once.
/// </summary>
public interface IExtension
{
    /// <summary>Registers models, data sets, optimizers and recipes with their registries.</summary>
    void Register();
}
