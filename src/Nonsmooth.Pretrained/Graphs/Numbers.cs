using Nonsmooth.Pretrained.Archives;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Numbers that are computed while importing: sizes, what follows from them, and what is taken out of tensors.</summary>
internal static class Numbers
{
    private static readonly string[] _checks =
    [
        "aten._assert_tensor_metadata", "aten._assert_async", "aten.sym_constrain_range", "aten.sym_constrain_range_for_size", "aten._functional_assert_async", "aten._functional_sym_constrain_range",
        "aten._functional_sym_constrain_range_for_size", "aten._functional_assert_scalar", "torch._check", "torch._check_is_size",
    ];

    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows =>
    [
        .. _checks.Select(name => (name, (Func<GraphCall, IReadOnlyList<object?>>)(call => [call[0]]))),
        ("aten._assert_scalar", Asserted),
        ("aten.sym_size", call => call.Arguments.Count > 1 ? [Size(call)] : [.. call.Shape(0).Select(s => (object?)(long)s)]),
        ("aten.sym_numel", call => [call.Shape(0).Count64]),
        ("aten.item", Taken), ("aten._local_scalar_dense", Taken),
        ("_operator.getitem", call => call[0] is IReadOnlyList<object?> list && call[1] is long at && at >= 0 && at < list.Count ? [list[(int)at]] : throw new ArchiveException("there is no such element")),
        Whole("add", (a, b) => checked(a + b), (a, b) => a + b), Whole("sub", (a, b) => checked(a - b), (a, b) => a - b), Whole("mul", (a, b) => checked(a * b), (a, b) => a * b),
        Whole("floordiv", FloorDivide, (a, b) => Math.Floor(a / b)), Whole("mod", (a, b) => checked(a - (b * FloorDivide(a, b))), (a, b) => a - (b * Math.Floor(a / b))),
        Whole("pow", (a, b) => checked((long)Math.Pow(a, b)), Math.Pow), ("_operator.truediv", call => [Real(call, 0) / Real(call, 1)]),
        ("_operator.neg", call => [call[0] is long l ? -l : -Real(call, 0)]),
        Compared("eq", c => c == 0), Compared("ne", c => c != 0), Compared("lt", c => c < 0), Compared("le", c => c <= 0), Compared("gt", c => c > 0), Compared("ge", c => c >= 0),
        ("_operator.and_", call => [Truth(call, 0) && Truth(call, 1)]), ("_operator.or_", call => [Truth(call, 0) || Truth(call, 1)]), ("torch.sym_not", call => [!Truth(call, 0)]),
        ("torch.sym_max", call => [call.Arguments.All(a => a is long) ? call.Arguments.Max(a => (long)a!) : (object?)Math.Max(Real(call, 0), Real(call, 1))]),
        ("torch.sym_min", call => [call.Arguments.All(a => a is long) ? call.Arguments.Min(a => (long)a!) : (object?)Math.Min(Real(call, 0), Real(call, 1))]),
        ("torch.sym_float", call => [Real(call, 0)]), ("torch.sym_int", call => [Truncated(Real(call, 0))]), ("math.trunc", call => [Truncated(Real(call, 0))]),
        ("math.floor", call => [Truncated(Math.Floor(Real(call, 0)))]), ("math.ceil", call => [Truncated(Math.Ceiling(Real(call, 0)))]),
        ("torch._sym_sqrt", call => [Math.Sqrt(Real(call, 0))]), ("torch.sym_sum", call => [call.List(0).Aggregate(0L, (sum, n) => checked(sum + (n as long? ?? throw Unknown())))]),
    ];

    private static (string Name, Func<GraphCall, IReadOnlyList<object?>> Rule) Whole(string name, Func<long, long, long> whole, Func<double, double, double> real) =>
        ($"_operator.{name}", call => [call[0] is long a && call[1] is long b ? whole(a, b) : real(Real(call, 0), Real(call, 1))]);

    private static (string Name, Func<GraphCall, IReadOnlyList<object?>> Rule) Compared(string name, Func<int, bool> holds) =>
        ($"_operator.{name}", call => [holds(call[0] is long a && call[1] is long b ? a.CompareTo(b) : Real(call, 0).CompareTo(Real(call, 1)))]);

    private static object? Size(GraphCall call) => (long)call.Shape(0)[call.Shape(0).Axis(call[1] is long axis ? (int)axis : throw Unknown())];

    private static IReadOnlyList<object?> Taken(GraphCall call) => [GraphCall.Number(call[0]) ?? throw new ArchiveException(
        "it takes a number out of a tensor that depends on data: give the input that it follows from as a value")];

    private static IReadOnlyList<object?> Asserted(GraphCall call) => GraphCall.Number(call[0]) is false or 0L
        ? throw new ArchiveException($"what it asserts does not hold: {GraphScope.Shown(call[1] as string ?? "")}")
        : [];

    private static double Real(GraphCall call, int index) => GraphCall.Number(call[index]) switch
    {
        long l => l,
        double d => d,
        bool b => b ? 1 : 0,
        _ => throw Unknown(),
    };

    private static bool Truth(GraphCall call, int index) => Real(call, index) != 0;

    private static long Truncated(double value) => Math.Abs(value) < 9e18 ? (long)value : throw Unknown();

    private static long FloorDivide(long a, long b) => b == 0 ? throw Unknown() : b == -1 ? checked(-a) : (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);

    private static ArchiveException Unknown() => new("it computes with a number that is not known: give the input that it follows from as a value");
}
