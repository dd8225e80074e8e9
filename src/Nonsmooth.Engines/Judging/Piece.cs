namespace Nonsmooth.Engines.Judging;

/// <summary>What a function does infinitely near a point, in one direction.</summary>
/// <param name="Direction">Where, over all arguments in a row.</param>
/// <param name="Value">The limit of the value.</param>
/// <param name="Rows">The limit of the Jacobian: by output the slopes in all arguments in a row; infinite where they are.</param>
internal sealed record Piece(double[] Direction, double[] Value, double[][] Rows)
{
    /// <summary>The slopes of a combination of the outputs.</summary>
    public double[] Times(IReadOnlyList<double> cotangent)
    {
        var sum = new double[Rows.Length == 0 ? 0 : Rows[0].Length];
        for (int o = 0; o < Rows.Length; o++)
        {
            for (int i = 0; i < sum.Length && cotangent[o] != 0; i++)
            {
                sum[i] += cotangent[o] * Rows[o][i];
            }
        }

        return sum;
    }
}
