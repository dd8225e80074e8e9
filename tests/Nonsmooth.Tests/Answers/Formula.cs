namespace Nonsmooth.Tests.Answers;

/// <summary>A random 3-CNF formula, and the ReLU program that is 0 everywhere exactly when it has no model.</summary>
/// <remarks>Source: complexity specification, 3.2.</remarks>
internal sealed class Formula
{
    private readonly int _variables;
    private readonly (int Variable, int Sign)[][] _clauses;

    public Formula(Random random, int variables, int clauses)
    {
        _variables = variables;
        _clauses = [.. Enumerable.Range(0, clauses).Select(_ =>
        {
            int[] chosen = [.. Enumerable.Range(0, variables)];
            random.Shuffle(chosen);
            return chosen.Take(3).Select(v => (v, (2 * random.Next(2)) - 1)).ToArray();
        })];
    }

    public bool IsSatisfiable => Enumerable.Range(0, 1 << _variables).Any(m =>
        _clauses.All(c => c.Any(l => (((m >> l.Variable) & 1) == 1) == (l.Sign > 0))));

    public double[][] Zeros => [.. Enumerable.Range(0, _variables).Select(_ => new double[1])];

    public Program Trace()
    {
        var builder = new ProgramBuilder();
        var x = Enumerable.Range(0, _variables).Select(i => builder.Input($"x{i}", Shape.Scalar)).ToArray();
        var clauses = _clauses.Select(c => c.Select(l => l.Sign > 0 ? x[l.Variable] : Negate(x[l.Variable])).Aggregate(Larger));
        return builder.Build([("value", Relu(clauses.Aggregate(Smaller)))]);
    }

    private static Variable Larger(Variable a, Variable b) => a + Relu(b - a);

    private static Variable Smaller(Variable a, Variable b) => a - Relu(a - b);
}
