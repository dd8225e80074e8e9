using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>One piece that a search visits.</summary>
/// <param name="System">The system.</param>
/// <param name="Signs">The sign of each unit; 0 where its argument does not move on the piece.</param>
/// <param name="Gradient">The gradient, in the search's columns.</param>
/// <param name="Witness">A direction inside, in the search's columns.</param>
/// <param name="Constraints">Rows that are positive on the piece; valid during the visit.</param>
internal sealed record Cone(SwitchSystem System, int[] Signs, ExactRow Gradient, Dyadic[] Witness, IReadOnlyList<ExactRow> Constraints)
{
    /// <summary>The gradient in all columns.</summary>
    public Dyadic[] FullGradient()
    {
        var rows = new Dyadic[Signs.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(System.Z[i], System.L[i], rows, i);
        }

        return Row(System.J[0], System.Y[0], rows, rows.Length);
    }

    private Dyadic[] Row(Dyadic[] start, Dyadic[] weights, Dyadic[][] rows, int count) =>
        ConeSearch.Combine(start, weights, ConeSearch.Links(weights, count), Signs, rows);
}
