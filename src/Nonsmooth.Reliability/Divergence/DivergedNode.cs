namespace Nonsmooth.Reliability.Divergence;

/// <summary>A node at which two runs hold different values.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Function">Its function in the first run.</param>
/// <param name="OtherFunction">Its function in the second, with attributes where these differ.</param>
/// <param name="Result">Which of its results differs first.</param>
/// <param name="Element">The first element that differs, row-major.</param>
/// <param name="Value">That element in the first run.</param>
/// <param name="OtherValue">That element in the second.</param>
/// <param name="Differing">How many elements differ.</param>
/// <param name="Relative">‖a − b‖₂ / ‖a‖₂ of the result.</param>
/// <param name="Decides">
/// Whether the node's result only decides which piece a gradient is on (a mask, an index): then a real difference begins
/// here, however small those before it are.
/// </param>
public sealed record DivergedNode(
    string Node,
    string Function,
    string OtherFunction,
    int Result,
    long Element,
    double Value,
    double OtherValue,
    long Differing,
    double Relative,
    bool Decides);
