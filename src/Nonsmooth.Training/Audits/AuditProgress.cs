using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Training.Audits;

/// <summary>How far an audit is.</summary>
/// <param name="Done">The share of the work that is done, from 0 to 1.</param>
/// <param name="Choice">The choice that is tested.</param>
/// <param name="Precision">In which format.</param>
public readonly record struct AuditProgress(double Done, string Choice, Precision Precision);
