namespace Nonsmooth.Solutions;

/// <summary>Solution maps as functions over variables: <c>Solve.Lasso(x, y, lambda)</c>.</summary>
/// <remarks>Each function stands in the file of the solution map that it applies.</remarks>
public static partial class Solve;
