using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>An ATen operator, written with functions of the dictionary.</summary>
public sealed class AtenOperator
{
    private readonly Func<AtenCall, IReadOnlyList<Variable?>> _apply;

    /// <summary>An operator with several results; null stands for one that the dictionary does not compute.</summary>
    /// <param name="name">ATen's name without overload: <c>add</c>; <c>nn.functional.pad</c> where Python's function takes other arguments than ATen's.</param>
    /// <param name="parameters">The parameters in the order of the schema, as Python writes them: <c>self, dim=None, keepdim=False, *, dtype=None</c>.</param>
    /// <param name="apply">Applies functions of the dictionary.</param>
    public AtenOperator(string name, string parameters, Func<AtenCall, IReadOnlyList<Variable?>> apply)
    {
        Name = name;
        Parameters = AtenParameter.Read(parameters);
        _apply = apply;
    }

    /// <summary>An operator with one result.</summary>
    /// <param name="name">ATen's name without overload.</param>
    /// <param name="parameters">The parameters in the order of the schema, as Python writes them.</param>
    /// <param name="apply">Applies functions of the dictionary.</param>
    public AtenOperator(string name, string parameters, Func<AtenCall, Variable> apply)
        : this(name, parameters, call => (IReadOnlyList<Variable?>)[apply(call)])
    {
    }

    internal AtenOperator(string name, AtenOperator same) => (Name, Parameters, _apply) = (name, same.Parameters, same._apply);

    /// <summary>ATen's name without overload.</summary>
    public string Name { get; }

    /// <summary>The parameters in the order of the schema.</summary>
    public IReadOnlyList<AtenParameter> Parameters { get; }

    /// <summary>Applies it.</summary>
    /// <param name="builder">Where functions are applied.</param>
    /// <param name="arguments">
    /// The arguments given by position: <see cref="Variable"/>, long, double, bool, string, <see cref="Tensors.ElementKind"/> for a
    /// dtype, null, or lists (<c>IReadOnlyList&lt;object?&gt;</c>) of them.
    /// </param>
    /// <param name="keywords">Those given by name.</param>
    /// <exception cref="AtenException">The call does not fit the parameters, or the dictionary cannot express it; the message says what.</exception>
    /// <exception cref="NonsmoothException">The shapes do not fit.</exception>
    public IReadOnlyList<Variable?> Apply(ProgramBuilder builder, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> keywords) =>
        Apply(builder, arguments, keywords, null);

    /// <summary>Applies it where elements may be dropped at random.</summary>
    /// <param name="builder">Where functions are applied.</param>
    /// <param name="arguments">The arguments given by position.</param>
    /// <param name="keywords">Those given by name.</param>
    /// <param name="drop">Drops elements of a tensor with a probability, each time others; null where nothing is drawn.</param>
    internal IReadOnlyList<Variable?> Apply(ProgramBuilder builder, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> keywords, Func<Variable, double, Variable>? drop)
    {
        var call = AtenCall.Bind(this, builder, arguments, keywords);
        call.Drop = drop;
        return _apply(call);
    }
}
