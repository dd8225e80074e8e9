namespace Nonsmooth.Solutions;

/// <summary>A scaled problem's factored KKT system, for the problem as given.</summary>
internal sealed record KeptSystem(KktSystem System, QuadraticScale Scale)
{
    private readonly int[] _sorted = [.. System.Active.Order()];

    /// <summary>The problem, as given.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Whether it is the system of these constraints, in ascending order, of a problem with the same numbers.</summary>
    public bool IsOf(Problem problem, int[] chosen) =>
        Problem is not null && !System.IsSingular && _sorted.AsSpan().SequenceEqual(chosen)
        && (ReferenceEquals(Problem, problem) || !Problem.Values.Where((v, i) => !v.AsSpan().SequenceEqual(problem.Values[i])).Any());

    /// <summary>The solution with multipliers in ascending order of their constraints.</summary>
    public double[] Solve(double[] right)
    {
        int n = right.Length - _sorted.Length - Scale.Equalities.Length;
        int[] place = Array.ConvertAll(System.Active, i => n + Array.BinarySearch(_sorted, i));
        double[] turned = [.. right];
        for (int a = 0; a < place.Length; a++)
        {
            turned[n + a] = right[place[a]];
        }

        double[] solution = Scale.Solve(System, turned);
        double[] back = [.. solution];
        for (int a = 0; a < place.Length; a++)
        {
            back[place[a]] = solution[n + a];
        }

        return back;
    }
}
