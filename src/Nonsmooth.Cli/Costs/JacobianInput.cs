namespace Nonsmooth.Cli.Costs;

/// <summary>What a Jacobian is in.</summary>
internal enum JacobianInput
{
    /// <summary>Every parameter.</summary>
    Parameters,

    /// <summary>The images.</summary>
    Input,
}
