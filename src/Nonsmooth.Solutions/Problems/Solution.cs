namespace Nonsmooth.Solutions;

/// <summary>The solution of one problem, as a solver left it.</summary>
/// <param name="Values">The real results, row-major: the solution, then what comes with it.</param>
/// <param name="State">On which piece it is: what the map says; empty where there are no pieces.</param>
public sealed record Solution(IReadOnlyList<double[]> Values, long[] State)
{
    /// <summary>How far the optimality conditions are from holding, in the largest entry; NaN where not measured.</summary>
    public double Residual { get; init; } = double.NaN;

    /// <summary>How many iterations the solver made.</summary>
    public int Iterations { get; init; }

    /// <summary>The same where the first result's multipliers and the state are those of some rows; of the others they are 0.</summary>
    internal Solution Spread(IReadOnlyList<int> rows, int count)
    {
        var (multipliers, state) = (new double[count], new long[count]);
        for (int i = 0; i < rows.Count; i++)
        {
            (multipliers[rows[i]], state[rows[i]]) = (Values[1][i], State[i]);
        }

        return this with { Values = [Values[0], multipliers, .. Values.Skip(2)], State = state };
    }

    // What a derivative at this solution can use: factors of its own system.
    internal object? Kept { get; init; }

    // Whether it solves its piece's own system: false where only a solver's tolerance stands for it.
    internal bool IsVerified { get; init; } = true;
}
