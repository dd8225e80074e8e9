using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Export;

/// <summary>The operators of each function, by its type; of elementwise functions, by that of their rule.</summary>
internal static partial class ExportTable
{
    private static readonly Dictionary<Type, Func<ExportContext, object, string[], string[]>> _rows = [];

    static ExportTable()
    {
        Elementwise();
        Activations();
        Discrete();
        Structure();
        Indexing();
        Reductions();
        Algebra();
    }

    /// <summary>The types that have a row.</summary>
    public static IReadOnlyCollection<Type> Types => _rows.Keys;

    /// <summary>How a function is written; null where it has no row.</summary>
    public static Func<ExportContext, ElementaryFunction, string[], string[]>? Find(ElementaryFunction function)
    {
        object key = function switch
        {
            IUnaryFunction unary => unary.Rule,
            IBinaryFunction binary => binary.Rule,
            _ => function,
        };
        return _rows.TryGetValue(key.GetType(), out var row) ? (context, _, arguments) => row(context, key, arguments) : null;
    }

    private static void Add<T>(Func<ExportContext, T, string[], string> row) => _rows.Add(typeof(T), (c, f, a) => [row(c, (T)f, a)]);

    private static void Add<T>(string op) => Add<T>((c, _, a) => c.Add(op, a));

    private static void Many<T>(Func<ExportContext, T, string[], string[]> row) => _rows.Add(typeof(T), (c, f, a) => row(c, (T)f, a));
}
