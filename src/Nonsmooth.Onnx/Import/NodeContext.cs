using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>A node as its rule sees it: arguments, attributes, and the program to build.</summary>
internal sealed partial class NodeContext(Importer importer, OnnxNode node, ImportScope scope, ProgramBuilder builder, IReadOnlyList<ImportValue?> arguments, long version)
{
    /// <summary>The node.</summary>
    public OnnxNode Node => node;

    /// <summary>The version of its domain's operators.</summary>
    public long Version => version;

    /// <summary>Where results are built.</summary>
    public ProgramBuilder Builder => builder;

    /// <summary>The names that its graphs see.</summary>
    public ImportScope Scope => scope;

    /// <summary>The importer, for nodes with graphs.</summary>
    public Importer Importer => importer;

    /// <summary>What was asked for.</summary>
    public OnnxImportOptions Options => importer.Options;

    /// <summary>How many arguments there are, those left out among them included.</summary>
    public int Count => arguments.Count;

    /// <summary>Whether an argument is there.</summary>
    public bool Has(int argument) => argument < arguments.Count && arguments[argument] is not null and not Absent;

    /// <summary>Whether a result is wanted.</summary>
    public bool Wants(int result) => result < node.Outputs.Count && node.Outputs[result].Length > 0;

    /// <summary>An argument.</summary>
    public ImportValue this[int argument] => argument < arguments.Count && arguments[argument] is { } value
        ? value
        : throw new OnnxException($"argument {argument} is missing: the file is damaged");

    /// <summary>The shape of an argument.</summary>
    public Shape Shape(int argument) => this[argument].Shape;

    /// <summary>An argument of reals as a value of the program; initializers become parameters.</summary>
    public Variable Real(int argument) => Real(this[argument]);

    /// <summary>The same for a value of a list.</summary>
    public Variable Real(ImportValue value)
    {
        var variable = Any(value);
        return variable.Type.Kind == ElementKind.Real ? variable : Functions.Cast(variable, ElementKind.Real);
    }

    /// <summary>An argument of any kind as a value of the program.</summary>
    public Variable Any(int argument) => Any(this[argument]);

    /// <summary>The same for a value of a list.</summary>
    public Variable Any(ImportValue value) => value switch
    {
        Traced traced => traced.Variable,
        Known known => builder.Constant(known.Value),
        Initial initial => importer.Weight(initial, InputRole.Parameter, builder, node.Label),
        Foreign foreign => throw new Refusal($"{foreign.Kind}"),
        _ => throw new Refusal("it reads a sequence as a tensor"),
    };

    /// <summary>An argument that is a state of training: an initializer becomes a buffer.</summary>
    public Variable Buffer(int argument) => this[argument] is Initial initial ? importer.Weight(initial, InputRole.Buffer, builder, node.Label) : Real(argument);

    /// <summary>Whether an argument is known, initializers included.</summary>
    public bool IsKnown(int argument) => this[argument] is Known or Initial;

    /// <summary>Whether an argument is a real constant or an initializer of one element, and which.</summary>
    public bool IsNumber(int argument, out double number)
    {
        number = 0;
        if (this[argument] is Known { Value: Tensor<double> { Elements.Length: 1 } reals })
        {
            number = reals[0];
            return true;
        }

        return false;
    }

    /// <summary>The integers of an argument that has to be known.</summary>
    public long[] Integers(int argument) => this[argument] switch
    {
        Known { Value: Tensor<long> t } => t.Elements,
        Known { Value: Tensor<bool> t } => Array.ConvertAll(t.Elements, b => b ? 1L : 0),
        Known { Value: Tensor<double> t } => Array.ConvertAll(t.Elements, x => (long)x),
        _ => throw new Refusal($"its argument {argument} ('{node.Inputs[argument]}') depends on data, and shapes and loops have to be known: bind the input that it follows from to a value"),
    };

    /// <summary>The one integer of an argument that has to be known.</summary>
    public long Integer(int argument) => Integers(argument) is [var only] ? only : throw new OnnxException($"argument {argument} has {Shape(argument)} elements where one is needed: the file is damaged");

    /// <summary>The reals of an argument that has to be known; an initializer is then a constant.</summary>
    public double[] Reals(int argument) => Constant(argument) switch
    {
        Tensor<double> t => t.Elements,
        Tensor<long> t => Array.ConvertAll(t.Elements, x => (double)x),
        var t => Array.ConvertAll(((Tensor<bool>)t).Elements, b => b ? 1.0 : 0),
    };

    /// <summary>The one real of an argument that has to be known.</summary>
    public double Number(int argument) => Reals(argument) is [var only] ? only : throw new OnnxException($"argument {argument} is {Shape(argument)} where one element is needed: the file is damaged");

    /// <summary>An argument that has to be known.</summary>
    public Tensor Constant(int argument) => this[argument] switch
    {
        Known known => known.Value,
        Initial initial => importer.Decode(initial, node.Label),
        _ => throw new Refusal($"its argument {argument} ('{node.Inputs[argument]}') depends on data and has to be known: bind the input that it follows from to a value"),
    };

    /// <summary>A value as a result, of the type that its arguments have.</summary>
    public Traced Result(Variable variable) => new(variable, variable.Type.Kind switch
    {
        ElementKind.Boolean => OnnxDataType.Bool,
        var kind => arguments.FirstOrDefault(a => a is Known or Traced or Initial && a.Kind == kind)?.Stored ?? (kind == ElementKind.Real ? OnnxDataType.Float : OnnxDataType.Int64),
    });

    /// <summary>Says something to the user.</summary>
    public void Note(OnnxNoteKind kind, string text) => importer.Note(kind, node.Label, text);
}
