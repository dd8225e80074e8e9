namespace Nonsmooth.Training.Census;

/// <summary>How often a function of the program was applied at a kink.</summary>
/// <param name="Node">The node's name: <c>conv1.relu</c>.</param>
/// <param name="Function"><c>relu</c> (inputs exactly 0) or <c>max_pool2d</c> (windows whose maximum is attained more than once).</param>
/// <param name="Places">Inputs, or windows, over all batches.</param>
/// <param name="Kinked">Those at a kink.</param>
public sealed record KinkCount(string Node, string Function, long Places, long Kinked)
{
    /// <summary>The part at a kink, from 0 to 1; 0 without places.</summary>
    public double Fraction => Places > 0 ? (double)Kinked / Places : 0;
}
