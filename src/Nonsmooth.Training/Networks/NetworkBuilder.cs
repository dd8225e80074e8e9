using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// Builds a network's program: declares its parameters as inputs and keeps what they start from, and what state it
/// averages.
/// </summary>
/// <remarks>
/// A network is traced twice: for training, where its declarations are collected, then for inference, where they are
/// known and buffers are inputs too.
/// </remarks>
public sealed class NetworkBuilder
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<NetworkBuffer> _buffers = [];
    private readonly List<Variable> _statistics = [];
    private readonly IReadOnlyDictionary<string, Variable>? _known;
    private readonly LowRank? _adapters;
    private readonly IReadOnlyList<LowRankTarget> _targets;
    private readonly List<string> _linear = [];
    private string _scope = "";
    private string _idScope = "";
    private Variable? _step;
    private long _dropouts;

    /// <summary>Builds for training into a program that is under construction.</summary>
    public NetworkBuilder(ProgramBuilder builder)
        : this(builder, null)
    {
    }

    /// <summary>Builds for inference with inputs that are declared already, or with adapters.</summary>
    internal NetworkBuilder(ProgramBuilder builder, IReadOnlyDictionary<string, Variable>? known, LowRank? adapters = null, string adapted = "*")
    {
        (Builder, _known, _adapters) = (builder, known, adapters);
        adapters?.Validate();
        _targets = adapters is null ? [] : LowRankTarget.Parse(adapters.On.Length > 0 ? adapters.On : adapted);
    }

    /// <summary>The program under construction.</summary>
    public ProgramBuilder Builder { get; }

    /// <summary>Whether the program is for training: normalisations take the batch's own statistics.</summary>
    public bool Training => _known is null;

    /// <summary>The parameters declared so far, in order.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The buffers tracked so far, in order; none in inference.</summary>
    public IReadOnlyList<NetworkBuffer> Buffers => _buffers;

    /// <summary>The batch's value for each of <see cref="Buffers"/>.</summary>
    internal IReadOnlyList<Variable> Statistics => _statistics;

    /// <summary>The names of the linear layers so far.</summary>
    internal IReadOnlyList<string> LinearLayers => _linear;

    /// <summary>Declares a parameter, named inside the current scope; it is frozen where the network has adapters.</summary>
    /// <param name="name">For example <c>weight</c>.</param>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="initializer">What it starts from.</param>
    /// <param name="decays">Whether weight decay applies.</param>
    /// <param name="id">What its start values are drawn by, inside the current scope's id, where that is not its name: one that it had.</param>
    /// <param name="frozen">Whether it stays as it starts in any case.</param>
    /// <exception cref="NonsmoothException">A parameter of that name exists.</exception>
    public Variable Parameter(string name, Shape shape, Initializer initializer, bool decays = true, string? id = null, bool frozen = false) =>
        Declare(new Parameter(Qualify(name), shape, initializer, decays) { Frozen = frozen || _adapters is not null, Id = Dotted(_idScope, id ?? name) });

    /// <summary>What a linear layer makes, with its adapter where it has one.</summary>
    /// <param name="name">The layer's name inside the current scope; empty for the scope's.</param>
    /// <param name="x">What the layer takes.</param>
    /// <param name="y">What it makes without.</param>
    internal Variable Adapt(string name, Variable x, Variable y)
    {
        string layer = name.Length > 0 ? Qualify(name) : _scope;
        _linear.Add(layer);
        LowRankTarget[] targets = [.. _targets.Where(target => target.Matches(layer))];
        if (targets.Length == 0)
        {
            return y;
        }

        using (name.Length > 0 ? Scope(name) : null)
        {
            return LowRankLayer.Adapt(this, _adapters!, layer, targets, x, y);
        }
    }

    /// <summary>Declares a parameter that is trained where others are frozen.</summary>
    internal Variable Adapter(string name, Shape shape, Initializer initializer) =>
        Declare(new Parameter(Qualify(name), shape, initializer, Decays: true) { Id = Dotted(_idScope, name) });

    private Variable Declare(Parameter parameter)
    {
        var variable = _known is null ? Builder.Input(parameter.Name, parameter.Shape, InputRole.Parameter) : Known(parameter.Name);
        _parameters.Add(parameter);
        return variable;
    }

    /// <summary>In training, declares a buffer, named inside the current scope, that follows a value of the batch.</summary>
    /// <param name="name">For example <c>running_mean</c>.</param>
    /// <param name="batch">The batch's value.</param>
    /// <param name="initializer">What the buffer starts from.</param>
    /// <param name="momentum">How far a step moves it, in [0, 1].</param>
    public void Track(string name, Variable batch, Initializer initializer, double momentum)
    {
        _buffers.Add(new NetworkBuffer(Qualify(name), batch.Shape, initializer, momentum));
        _statistics.Add(batch);
    }

    /// <summary>In training, gives a parameter that is not trained its next value at the end of each step.</summary>
    /// <param name="parameter">Its name, scopes and all.</param>
    /// <param name="next">The value, of the parameter's shape.</param>
    internal void Move(string parameter, Variable next)
    {
        _buffers.Add(new NetworkBuffer($"next.{parameter}", next.Shape, Initializer.Zero, 1) { Of = parameter });
        _statistics.Add(next);
    }

    /// <summary>In training, each element dropped with a probability and the others scaled up; x itself in inference.</summary>
    /// <param name="x">The input.</param>
    /// <param name="rate">The probability of dropping, in [0, 1]; with 1 all are 0.</param>
    /// <remarks>Training programs take the number of the step as their last input, so that a run can be repeated.</remarks>
    public Variable Dropout(Variable x, double rate)
    {
        if (!Training || rate == 0)
        {
            return x;
        }

        return Functions.Dropout(x, Step(), rate, _dropouts++);
    }

    /// <summary>The number of the step, which the program then takes as its last input.</summary>
    public Variable Step() => _step ??= Builder.TrailingInput(NetworkProgram.StepInput, TensorType.Index(Shape.Scalar), InputRole.Step);

    /// <summary>In inference, the buffer that <see cref="Track"/> declares under that name in training.</summary>
    /// <exception cref="NonsmoothException">Training does not track it.</exception>
    public Variable Tracked(string name) => Known(Qualify(name));

    /// <summary>Names parameters and applications <c>scope.name</c> until it is disposed.</summary>
    /// <param name="name">The scope's name.</param>
    /// <param name="id">What it stands for in the ids of parameters (<see cref="Networks.Parameter.Id"/>) where that is not its name: one that it had.</param>
    public IDisposable Scope(string name, string? id = null)
    {
        var scope = new ScopeEnd(this, _scope, _idScope, Builder.Scope(name));
        _scope = Qualify(name);
        _idScope = Dotted(_idScope, id ?? name);
        return scope;
    }

    /// <summary>What a layer makes with parameters and applications named <c>scope.name</c>.</summary>
    public Variable Within(string scope, Func<Variable> layer)
    {
        using (Scope(scope))
        {
            return layer();
        }
    }

    private Variable Known(string name) => _known is not null && _known.TryGetValue(name, out var variable)
        ? variable
        : throw new NonsmoothException($"'{name}' is not declared in training: a network must declare the same in training and in inference");

    private string Qualify(string name) => Dotted(_scope, name);

    private static string Dotted(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";

    private sealed class ScopeEnd(NetworkBuilder owner, string outer, string outerId, IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            owner._scope = outer;
            owner._idScope = outerId;
            inner.Dispose();
        }
    }
}
