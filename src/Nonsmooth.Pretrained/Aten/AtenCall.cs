using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>A call of an ATen operator with its arguments bound to the operator's parameters.</summary>
public sealed class AtenCall
{
    private static readonly Dictionary<string, string> _aliases = new() { ["input"] = "self", ["axis"] = "dim", ["keepdims"] = "keepdim" };
    private readonly AtenOperator _operator;
    private readonly Dictionary<string, object?> _values = [];

    private AtenCall(AtenOperator @operator, ProgramBuilder builder) => (_operator, Builder) = (@operator, builder);

    /// <summary>Where functions are applied.</summary>
    public ProgramBuilder Builder { get; }

    /// <summary>Drops elements of a tensor with a probability, each time others; null where nothing is drawn.</summary>
    public Func<Variable, double, Variable>? Drop { get; internal set; }

    /// <summary>The names of the operator's parameters.</summary>
    public IEnumerable<string> Parameters => _operator.Parameters.Select(p => p.Name);

    /// <summary>What was given for a parameter, or its default.</summary>
    public object? this[string name] => _values[name];

    /// <summary>Whether it is not None.</summary>
    public bool Has(string name) => _values[name] is not null;

    /// <summary>Whether the operator has a parameter of a name.</summary>
    public bool Knows(string name) => _values.ContainsKey(name);

    /// <summary>A tensor as it is.</summary>
    public Variable Tensor(string name) => _values[name] as Variable ?? throw Lacks($"a tensor for {name}");

    /// <summary>A tensor of reals: indices and masks are cast, a number becomes a scalar.</summary>
    public Variable Real(string name) => _values[name] switch
    {
        Variable v => Functions.Cast(v, ElementKind.Real),
        long or double or bool => Builder.Apply(new Fill(Shape.Scalar, Number(name))),
        _ => throw Lacks($"a tensor for {name}"),
    };

    /// <summary>A tensor of reals, or null for None.</summary>
    public Variable? RealOrNone(string name) => Has(name) ? Real(name) : null;

    /// <summary>A list of tensors of reals.</summary>
    public Variable[] Reals(string name) => [.. Tensors(name).Select(v => Functions.Cast(v, ElementKind.Real))];

    /// <summary>A list of tensors.</summary>
    public Variable[] Tensors(string name) => _values[name] switch
    {
        Variable v => [v],
        IReadOnlyList<object?> list => [.. list.Select(v => v as Variable ?? throw Lacks($"tensors for {name}"))],
        _ => throw Lacks($"tensors for {name}"),
    };

    /// <summary>A number.</summary>
    public double Number(string name) => _values[name] switch
    {
        double d => d,
        long l => l,
        bool b => b ? 1 : 0,
        var other => throw Lacks($"a number for {name}, given {Word(other)}"),
    };

    /// <summary>A number, or null for None.</summary>
    public double? NumberOrNone(string name) => Has(name) ? Number(name) : null;

    /// <summary>A whole number.</summary>
    public int Integer(string name) => _values[name] switch
    {
        long l => checked((int)l),
        bool b => b ? 1 : 0,
        var other => throw Lacks($"a whole number for {name}, given {Word(other)}"),
    };

    /// <summary>A truth value.</summary>
    public bool Flag(string name) => _values[name] switch
    {
        bool b => b,
        long l => l != 0,
        null => false,
        var other => throw Lacks($"a truth value for {name}, given {Word(other)}"),
    };

    /// <summary>A text.</summary>
    public string Text(string name) => _values[name] as string ?? throw Lacks($"a text for {name}, given {Word(_values[name])}");

    /// <summary>Whole numbers; one alone is a list of one, None is empty.</summary>
    public int[] Integers(string name) => _values[name] switch
    {
        null => [],
        long l => [checked((int)l)],
        IReadOnlyList<object?> list => [.. list.Select(i => i is long l ? checked((int)l) : throw Lacks($"whole numbers for {name}, given {Word(i)}"))],
        var other => throw Lacks($"whole numbers for {name}, given {Word(other)}"),
    };

    /// <summary>The axes of a tensor that a parameter names, not negative; all of them for None or none.</summary>
    public int[] Axes(string name, Variable x)
    {
        int[] axes = Integers(name);
        return axes.Length == 0 ? [.. Enumerable.Range(0, x.Shape.Rank)] : [.. axes.Where(a => x.Shape.Rank > 0 || a is not (0 or -1)).Select(x.Shape.Axis)];
    }

    /// <summary>What to throw where the dictionary cannot express the call.</summary>
    /// <param name="what">What it takes.</param>
    public AtenException Lacks(string what) => new($"{_operator.Name}: takes {what}");

    internal static AtenCall Bind(AtenOperator @operator, ProgramBuilder builder, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> keywords)
    {
        var call = new AtenCall(@operator, builder);
        var parameters = @operator.Parameters;
        var byPosition = parameters.Where(p => !p.ByKeyword).ToArray();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i >= byPosition.Length)
            {
                throw call.Lacks(string.Create(CultureInfo.InvariantCulture, $"{byPosition.Length} arguments by position, given {arguments.Count}"));
            }

            if (byPosition[i].TakesRest && arguments[i] is not IReadOnlyList<object?>)
            {
                call._values[byPosition[i].Name] = arguments.Skip(i).ToArray();
                break;
            }

            call._values[byPosition[i].Name] = arguments[i];
        }

        foreach (var (name, value) in keywords)
        {
            var parameter = parameters.FirstOrDefault(p => p.Name == name) ?? parameters.FirstOrDefault(p => p.Name == _aliases.GetValueOrDefault(name))
                ?? throw call.Lacks($"no argument {name}");
            call._values[parameter.Name] = value;
        }

        foreach (var parameter in parameters.Where(p => !call._values.ContainsKey(p.Name)))
        {
            call._values[parameter.Name] = parameter.IsRequired ? throw call.Lacks($"an argument {parameter.Name}") : parameter.Default;
        }

        return call;
    }

    private static string Word(object? value) => value switch
    {
        null => "None",
        Variable v => v.Type.ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
