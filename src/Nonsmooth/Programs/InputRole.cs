namespace Nonsmooth.Programs;

/// <summary>What an input of a program stands for. Programs derived from a program keep the roles of its inputs.</summary>
public enum InputRole
{
    /// <summary>What changes from run to run, as a batch of examples. The role of an input that declares none.</summary>
    Data,

    /// <summary>What outputs are compared with, as labels.</summary>
    Target,

    /// <summary>What training changes.</summary>
    Parameter,

    /// <summary>A state that training keeps without differentiating in it, as running statistics.</summary>
    Buffer,

    /// <summary>Numbers that are held fixed, as a choice at a kink or a decision that was recorded.</summary>
    Constant,

    /// <summary>A cotangent of an output, from which backprop starts.</summary>
    Seed,

    /// <summary>A direction of an input, from which forprop starts.</summary>
    Tangent,

    /// <summary>The number of the step.</summary>
    Step,
}
