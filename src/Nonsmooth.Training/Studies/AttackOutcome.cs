namespace Nonsmooth.Training.Studies;

/// <summary>Shares of test images that are classified rightly, one seed under two selections.</summary>
/// <param name="CleanFirst">Of images as they are, trained under the first.</param>
/// <param name="CleanSecond">Trained under the second.</param>
/// <param name="RobustFirst">Of attacked images, under the first.</param>
/// <param name="RobustSecond">Under the second.</param>
public sealed record AttackOutcome(double CleanFirst, double CleanSecond, double RobustFirst, double RobustSecond);
