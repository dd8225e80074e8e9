namespace Nonsmooth.Solutions;

/// <summary>A function of matrices at one argument, factored once: its values and its derivative.</summary>
internal abstract class MatrixPoint : SolutionDerivative
{
    /// <summary>The real results, row-major.</summary>
    public abstract IReadOnlyList<double[]> Values { get; }

    public override IReadOnlyList<Margin> Margins => [];

    public override double Condition => 1;

    public override Invertibility Invertibility => Invertibility.AllElements;
}
