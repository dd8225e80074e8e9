using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Rows that many operators share.</summary>
internal static class Row
{
    /// <summary>A function of one tensor of reals.</summary>
    public static AtenOperator One(string name, Func<Variable, Variable> function) => new(name, "self", call => function(call.Real("self")));

    /// <summary>A function of one tensor of any kind.</summary>
    public static AtenOperator Moved(string name, Func<Variable, Variable> function) => new(name, "self", call => function(call.Tensor("self")));

    /// <summary>A function of two tensors of reals, either of which may be a number.</summary>
    public static AtenOperator Two(string name, Func<Variable, Variable, Variable> function) =>
        new(name, "self, other", call => function(call.Real("self"), call.Real("other")));

    /// <summary>The same row under other names.</summary>
    public static IEnumerable<AtenOperator> Named(this AtenOperator row, params string[] others) =>
        [row, .. others.Select(name => new AtenOperator(name, row))];
}
