using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps;

/// <summary>Recognises one kind of trap. To add one: write its file and add its row to <see cref="TrapRules"/>.</summary>
internal interface ITrapRule
{
    /// <summary>What it recognises.</summary>
    TrapKind Kind { get; }

    /// <summary>What it suspects at a node; null for nothing.</summary>
    Finding? Match(Node node, ProgramFacts facts);
}
