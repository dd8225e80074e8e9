using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>Builds a network's program: declares its parameters as inputs and keeps what they start from.</summary>
public sealed class NetworkBuilder
{
    private readonly List<Parameter> _parameters = [];
    private string _scope = "";

    /// <summary>Builds into a program that is under construction.</summary>
    public NetworkBuilder(ProgramBuilder builder) => Builder = builder;

    /// <summary>The program under construction.</summary>
    public ProgramBuilder Builder { get; }

    /// <summary>The parameters declared so far, in order.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Declares a parameter, named inside the current scope.</summary>
    /// <param name="name">For example <c>weight</c>.</param>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="initializer">What it starts from.</param>
    /// <param name="decays">Whether weight decay applies.</param>
    /// <exception cref="NonsmoothException">A parameter of that name exists.</exception>
    public Variable Parameter(string name, Shape shape, Initializer initializer, bool decays = true)
    {
        var parameter = new Parameter(Qualify(name), shape, initializer, decays);
        var variable = Builder.Input(parameter.Name, TensorType.Real(shape));
        _parameters.Add(parameter);
        return variable;
    }

    /// <summary>Names parameters and applications <c>scope.name</c> until it is disposed.</summary>
    public IDisposable Scope(string name)
    {
        var scope = new ScopeEnd(this, _scope, Builder.Scope(name));
        _scope = Qualify(name);
        return scope;
    }

    private string Qualify(string name) => _scope.Length == 0 ? name : $"{_scope}.{name}";

    private sealed class ScopeEnd(NetworkBuilder owner, string outer, IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            owner._scope = outer;
            inner.Dispose();
        }
    }
}
