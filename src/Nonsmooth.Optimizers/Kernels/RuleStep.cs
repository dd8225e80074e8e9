namespace Nonsmooth.Optimizers.Kernels;

/// <summary>One step of one parameter, as a rule's coefficients depend on it.</summary>
/// <param name="Rate">The learning rate, valid for the options.</param>
/// <param name="Count">How many steps the parameter has taken, this one included.</param>
/// <param name="Decay">Whether weight decay applies to the parameter.</param>
/// <param name="Tally">What the rule adds up over the parameter's steps, this one included; 0 for most.</param>
public readonly record struct RuleStep(double Rate, long Count, bool Decay, double Tally = 0);
