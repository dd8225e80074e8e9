namespace Nonsmooth.Dictionary;

/// <summary>The dictionary as functions over variables: <c>using static Nonsmooth.Dictionary.Functions;</c>.</summary>
/// <remarks>Each function stands in the file of the elementary function that it applies.</remarks>
public static partial class Functions;
