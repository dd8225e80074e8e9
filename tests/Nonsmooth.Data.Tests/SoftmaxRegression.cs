namespace Nonsmooth.Data.Tests;

/// <summary>The plainest linear classifier, to measure how hard a data set is.</summary>
internal static class SoftmaxRegression
{
    public static double TestAccuracy(Dataset data, int epochs, float rate, BatchOrder order)
    {
        var (size, classes) = (data.Shape.Size, data.ClassCount);
        var weights = new float[classes * (size + 1)];
        var gradient = new float[weights.Length];
        var scores = new float[classes];
        var images = new float[order.BatchSize * size];
        var labels = new long[order.BatchSize];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var batches = order.Epoch(epoch);
            for (var b = 0; b < batches.BatchCount; b++)
            {
                var batch = batches.Batch(b);
                data.Train.Fill(batch, images, labels);
                Array.Clear(gradient);
                for (var i = 0; i < batch.Length; i++)
                {
                    var image = images.AsSpan(i * size, size);
                    Score(weights, image, scores);
                    Softmax(scores);
                    scores[labels[i]] -= 1;
                    for (var c = 0; c < classes; c++)
                    {
                        var row = gradient.AsSpan(c * (size + 1), size + 1);
                        AddScaled(row[..size], image, scores[c]);
                        row[size] += scores[c];
                    }
                }

                AddScaled(weights, gradient, -rate / batch.Length * (1 - ((float)epoch / epochs)));
            }
        }

        var correct = 0;
        for (var i = 0; i < data.Test.Count; i++)
        {
            data.Test.Fill([i], images, labels);
            Score(weights, images.AsSpan(0, size), scores);
            correct += Array.IndexOf(scores, scores.Max()) == labels[0] ? 1 : 0;
        }

        return (double)correct / data.Test.Count;
    }

    private static void Score(float[] weights, ReadOnlySpan<float> image, Span<float> scores)
    {
        for (var c = 0; c < scores.Length; c++)
        {
            ReadOnlySpan<float> row = weights.AsSpan(c * (image.Length + 1), image.Length + 1);
            scores[c] = Dot(row[..image.Length], image) + row[image.Length];
        }
    }

    private static void Softmax(Span<float> scores)
    {
        var (highest, sum) = (float.MinValue, 0f);
        foreach (var score in scores)
        {
            highest = Math.Max(highest, score);
        }

        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - highest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += source[i] * factor;
        }
    }
}
