using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>
/// A row of data/breast-cancer.csv as the model that train saves reads it: each column under its own name, numbers in double precision. A
/// prediction engine takes such a class; for one's own table one writes it with the table's columns.
/// </summary>
public sealed class TumourRow
{
    [ColumnName("mean_radius")]
    public double MeanRadius { get; set; }

    [ColumnName("mean_texture")]
    public double MeanTexture { get; set; }

    [ColumnName("mean_perimeter")]
    public double MeanPerimeter { get; set; }

    [ColumnName("mean_area")]
    public double MeanArea { get; set; }

    [ColumnName("mean_smoothness")]
    public double MeanSmoothness { get; set; }

    [ColumnName("mean_compactness")]
    public double MeanCompactness { get; set; }

    [ColumnName("mean_concavity")]
    public double MeanConcavity { get; set; }

    [ColumnName("mean_concave_points")]
    public double MeanConcavePoints { get; set; }

    [ColumnName("mean_symmetry")]
    public double MeanSymmetry { get; set; }

    [ColumnName("mean_fractal_dimension")]
    public double MeanFractalDimension { get; set; }

    [ColumnName("radius_error")]
    public double RadiusError { get; set; }

    [ColumnName("texture_error")]
    public double TextureError { get; set; }

    [ColumnName("perimeter_error")]
    public double PerimeterError { get; set; }

    [ColumnName("area_error")]
    public double AreaError { get; set; }

    [ColumnName("smoothness_error")]
    public double SmoothnessError { get; set; }

    [ColumnName("compactness_error")]
    public double CompactnessError { get; set; }

    [ColumnName("concavity_error")]
    public double ConcavityError { get; set; }

    [ColumnName("concave_points_error")]
    public double ConcavePointsError { get; set; }

    [ColumnName("symmetry_error")]
    public double SymmetryError { get; set; }

    [ColumnName("fractal_dimension_error")]
    public double FractalDimensionError { get; set; }

    [ColumnName("worst_radius")]
    public double WorstRadius { get; set; }

    [ColumnName("worst_texture")]
    public double WorstTexture { get; set; }

    [ColumnName("worst_perimeter")]
    public double WorstPerimeter { get; set; }

    [ColumnName("worst_area")]
    public double WorstArea { get; set; }

    [ColumnName("worst_smoothness")]
    public double WorstSmoothness { get; set; }

    [ColumnName("worst_compactness")]
    public double WorstCompactness { get; set; }

    [ColumnName("worst_concavity")]
    public double WorstConcavity { get; set; }

    [ColumnName("worst_concave_points")]
    public double WorstConcavePoints { get; set; }

    [ColumnName("worst_symmetry")]
    public double WorstSymmetry { get; set; }

    [ColumnName("worst_fractal_dimension")]
    public double WorstFractalDimension { get; set; }

    public bool Label { get; set; }
}
