namespace Nonsmooth.Solutions;

/// <summary>The derivative of a map with a formula: no system is solved, and every element of the conservative Jacobian is given by one.</summary>
internal abstract class ClosedFormDerivative : SolutionDerivative
{
    public override double Condition => 1;

    public override Invertibility Invertibility => Invertibility.AllElements;
}
